import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { OrderDisclosures, Orders } from '../../orders/index.js';
import { requirePendingVersion } from '../../orders/domain/pending-change.js';
import { Receivables } from '../../receivables/index.js';
import type { Financing } from '../domain/financing.js';
import { Positions } from './positions.js';

/** A version of an order behind a claim that awaits an answer. */
const proposedChangeView = z.object({
  order: z.string().describe('0x and 64 hex digits.'),
  version: z.int(),
  commitment: z.string().describe('Root of its fields.'),
  proposedBy: z.string().describe('Short name of the member.'),
  proposedAt: z.iso.datetime().describe('Block time.'),
  shown: z
    .array(z.object({ path: z.string(), value: z.string() }))
    .describe('Its fields as far as the holder has shown them to this member.'),
});
export const proposedChanges = z.object({ items: z.array(proposedChangeView), nextCursor: z.null() });
export type ProposedChangesView = z.output<typeof proposedChanges>;

/** What a claim rests on. */
interface Backing {
  readonly orders: readonly Hex[];
  /** What consents on the claim's object name. */
  readonly coverVersion: number;
  /** Whether the claim is on a part of a split. */
  readonly ofPart: boolean;
}

/** Changes of orders that lenders are asked to consent to. */
@Injectable()
export class ProposedChanges {
  constructor(
    private readonly positions: Positions,
    private readonly orders: Orders,
    private readonly receivables: Receivables,
    private readonly disclosures: OrderDisclosures,
    private readonly members: Members,
  ) {}

  async behind({ object, onOrder }: Financing): Promise<Backing> {
    if (onOrder) {
      const { coverVersion } = await this.orders.get(object);
      return { orders: [object], coverVersion, ofPart: false };
    }
    const receivable = await this.receivables.get(object);
    const coverVersion = await this.receivables.coverVersion(receivable);
    return { orders: receivable.orders, coverVersion, ofPart: receivable.parent !== null };
  }

  /** The change to just this version. Throws ORDER_UNKNOWN, ORDER_CHANGE_MISSING. */
  async require(id: Hex, version: number): Promise<{ readonly commitment: Hex }> {
    const order = await this.orders.get(id);
    requirePendingVersion(order, version);
    return (await this.orders.pendingChange(order))!;
  }

  /** Throws FINANCING_UNKNOWN. */
  async of(id: Hex): Promise<ProposedChangesView> {
    const { orders } = await this.behind((await this.positions.get(id)).financing);
    const found = await this.orders.findMany(orders);
    const changes = (await Promise.all(found.map((order) => this.orders.pendingChange(order)))).filter((c) => !!c);
    const nameOf = await this.members.names();
    const items = changes.map(async ({ order_id: order, version, commitment, proposed_by: by, proposed_at: at }) => {
      const proposedBy = nameOf(by);
      const shown = await this.disclosures.fieldsOf({ id: order, commitment });
      return { order, version, commitment, proposedBy, proposedAt: timeOf(at), shown };
    });
    return { items: await Promise.all(items), nextCursor: null };
  }
}
