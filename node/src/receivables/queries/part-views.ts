import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { NameOf } from '../../members/index.js';
import type { Receivable } from '../domain/receivable.js';
import { RECEIVABLE_STATUSES } from '../domain/states.js';
import { PartHolders } from '../storage/part-holders.js';
import { moneyView } from './receivable-view.js';
import { Receivables } from './receivables.js';
import { Undertakings } from './undertakings.js';

/** A part as far as this member was told of it. */
export const partView = z.object({
  id: z.string(),
  status: z.enum(RECEIVABLE_STATUSES),
  holder: z.string().optional().describe('Short name of who holds it; absent where this member was not told.'),
  amount: moneyView.optional().describe('Absent where this member was not shown it.'),
});
export type PartView = z.output<typeof partView>;

/** What became of receivables that were split, and who holds parts. */
@Injectable()
export class PartViews {
  constructor(
    private readonly receivables: Receivables,
    private readonly holders: PartHolders,
    private readonly undertakings: Undertakings,
  ) {}

  /** Parts of one that was split, in the order of the split. */
  async of({ id, status }: Receivable, nameOf: NameOf): Promise<PartView[]> {
    if (status !== 'SPLIT') return [];
    const parts = await this.receivables.partsOf(id);
    return Promise.all(
      parts.map(async (part) => {
        const [holder, terms] = await Promise.all([this.holders.of(part), this.undertakings.of(part)]);
        return {
          ...{ id: part.id, status: part.status },
          holder: holder === undefined ? undefined : nameOf(holder),
          amount: terms && { amount: terms.amount, currency: terms.currency },
        };
      }),
    );
  }

  /** Who holds it: its supplier, or of a part whom this member was told. */
  async holderOf(receivable: Receivable, nameOf: NameOf): Promise<string | undefined> {
    if (receivable.parent === null) return nameOf(receivable.supplier);
    const holder = await this.holders.of(receivable);
    return holder === undefined ? undefined : nameOf(holder);
  }
}
