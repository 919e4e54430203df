import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { Members, type NameOf } from '../../members/index.js';
import { SPLIT_STATUSES } from '../domain/split/states.js';
import { ReceivableAccess } from './receivable-access.js';
import { moneyView } from './receivable-view.js';
import { Receivables } from './receivables.js';
import { type SplitPosition, Splits } from './splits.js';

const hash = z.string().describe('0x and 64 hex digits.');
const time = z.iso.datetime().describe('Block time.');

/** What those who take part in a split see of it: a new holder its own parts alone. */
export const splitView = z.object({
  id: hash,
  receivable: hash.describe('What is split.'),
  status: z.enum(SPLIT_STATUSES),
  version: z.int(),
  side: z.enum(['HOLDER', 'NEW_HOLDER', 'OBLIGOR']).describe('Which of its sides this member is.'),
  proposer: z.string().describe('Short name of the holder.'),
  parts: z.array(
    z.object({
      receivable: hash.describe('Id that the part will have.'),
      holder: z.string().describe('Short name of its new holder.'),
      amount: moneyView
        .optional()
        .describe('This and what follows of its terms are absent once they were erased here.'),
      covered: moneyView.optional().describe('Its share of what may be advanced on the whole.'),
      dueDate: z.string().optional().describe('ISO date.'),
      accepted: z.boolean(),
    }),
  ),
  expiresAt: time,
  refusal: z
    .object({ code: z.string(), detail: z.string(), facts: z.record(z.string(), z.unknown()) })
    .nullable()
    .describe('Why it came to nothing; the code alone once the terms were erased here.'),
  createdAt: time,
  changedAt: time,
});
export type SplitView = z.output<typeof splitView>;

/** Splits as the API shows them to this member. */
@Injectable()
export class SplitViews {
  constructor(
    private readonly splits: Splits,
    private readonly receivables: Receivables,
    private readonly access: ReceivableAccess,
    private readonly members: Members,
  ) {}

  /** Throws SPLIT_UNKNOWN. */
  async get(id: Hex): Promise<SplitView> {
    return toView(await this.splits.get(id), await this.members.names());
  }

  /** Those of a receivable that this member takes part in, newest first. Throws RECEIVABLE_UNKNOWN, RECEIVABLE_NOT_DISCLOSED. */
  async ofReceivable(receivable: Hex): Promise<SplitView[]> {
    const [positions, nameOf] = await Promise.all([this.splits.ofReceivable(receivable), this.members.names()]);
    // Who was asked to take a part is no party to the whole.
    if (positions.length === 0) await this.access.require(await this.receivables.get(receivable));
    return positions.map((position) => toView(position, nameOf));
  }
}

function toView({ split, status }: SplitPosition, nameOf: NameOf): SplitView {
  const { id, receivable, side, version } = split;
  // That it was given up is of no account once it is done all the same.
  const refusal = status === 'COMPLETED' ? null : split.refusal;
  return {
    ...{ id, receivable, status, side, version },
    proposer: nameOf(split.proposer),
    parts: split.parts.map(({ receivable: part, holder, terms, acceptance }) => {
      return {
        receivable: part,
        holder: nameOf(holder),
        amount: terms ? { amount: terms.amount, currency: terms.currency } : undefined,
        covered: terms ? { amount: terms.covered, currency: terms.currency } : undefined,
        dueDate: terms?.dueDate,
        accepted: acceptance !== null,
      };
    }),
    expiresAt: timeOf(split.expiresAt),
    refusal: refusal && { code: refusal.code, detail: refusal.detail, facts: { ...refusal.facts } },
    createdAt: timeOf(split.createdAt),
    changedAt: timeOf(split.changedAt),
  };
}
