import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { kindsOf, MILESTONE_KINDS } from '../../fulfilment/domain/milestone-kinds.js';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { Members, type NameOf } from '../../members/index.js';
import type { Order } from '../domain/order.js';
import { OrderDocuments } from '../storage/order-documents.js';
import { Participants } from '../storage/participants.js';
import { OrderAccess } from './order-access.js';
import { factsAmong, OrderDisclosures } from './order-disclosures.js';
import { orderPapers, OrderPapersQuery } from './order-papers.js';
import { orderView, toView } from './order-view.js';
import { Orders } from './orders.js';

const participantView = z.object({
  member: z.string(),
  appointedBy: z.string(),
  kinds: z.array(z.enum(MILESTONE_KINDS)).describe('What it may record; none once the appointment is ended.'),
  until: z.string().describe('RFC 3339: last second of the appointment, by block time.'),
});

/** A proposed version, for the parties: with what its document says, once that is here. */
const pendingChange = z.object({
  version: z.int(),
  commitment: z.string().describe('Root of its fields: who answers it names this.'),
  proposedBy: z.string(),
  proposedAt: z.string().describe('Block time.'),
  currency: z.string().nullable(),
  amount: z.string().nullable().describe('Payable in all, if it takes effect.'),
});

/** An order by itself, with those appointed on it. */
export const orderDetail = orderView.extend({
  papers: orderPapers.optional().describe('For its parties.'),
  pendingChange: pendingChange.nullable().optional().describe('For its parties: what awaits an answer.'),
  participants: z.array(participantView),
  disclosed: z
    .array(z.object({ path: z.string(), value: z.string() }))
    .optional()
    .describe('Where this member is no party: every field of the current version that it was granted.'),
});
export type OrderDetail = z.output<typeof orderDetail>;

/** Orders as the API shows them to this member. */
@Injectable()
export class OrderViews {
  constructor(
    private readonly orders: Orders,
    private readonly access: OrderAccess,
    private readonly documents: OrderDocuments,
    private readonly disclosures: OrderDisclosures,
    private readonly papers: OrderPapersQuery,
    private readonly participants: Participants,
    private readonly members: Members,
  ) {}

  /** Throws ORDER_UNKNOWN, ORDER_NOT_DISCLOSED. */
  async get(id: Hex): Promise<OrderDetail> {
    const order = await this.orders.get(id);
    const standing = await this.access.require(order);
    const [papers, pending, own, participants, nameOf] = await Promise.all([
      standing === 'PARTY' ? this.papers.of(order) : undefined,
      standing === 'PARTY' ? this.pendingOf(order) : undefined,
      this.documents.find(order.id, order.commitment),
      this.participants.of(order.id),
      this.names(),
    ]);
    const shown = own || standing === 'PARTY' ? undefined : await this.disclosures.fieldsOf(order);
    return {
      ...toView(order, own ?? (shown && factsAmong(shown)), nameOf),
      ...(papers && { papers }),
      ...(pending !== undefined && {
        pendingChange: pending && { ...pending, proposedBy: nameOf(pending.proposedBy) },
      }),
      ...(shown && { disclosed: shown }),
      participants: participants.map(({ member, appointed_by: by, kinds, until }) => ({
        member: nameOf(member),
        appointedBy: nameOf(by),
        kinds: kindsOf(kinds),
        until: timeOf(until),
      })),
    };
  }

  /** The order, if this member may see something of it. Throws ORDER_UNKNOWN, ORDER_NOT_DISCLOSED. */
  async disclosed(id: Hex): Promise<Order> {
    const order = await this.orders.get(id);
    await this.access.require(order);
    return order;
  }

  /** The order, if this member may have its document. Throws ORDER_UNKNOWN, ORDER_NOT_DISCLOSED, ORDER_DOCUMENT_NOT_SHOWN. */
  async whole(id: Hex): Promise<Order> {
    const order = await this.orders.get(id);
    if ((await this.access.require(order)) === 'SHOWN') this.access.refuseDocument(order);
    return order;
  }

  private async pendingOf(order: Order) {
    const change = await this.orders.pendingChange(order);
    if (!change) return null;
    const { version, commitment, proposed_by: proposedBy, proposed_at: at } = change;
    const facts = await this.documents.find(order.id, commitment);
    const worth = { currency: facts?.currency ?? null, amount: facts?.amount ?? null };
    return { version, commitment, proposedBy, proposedAt: timeOf(at), ...worth };
  }

  /** Short names of all members, by number. */
  names(): Promise<NameOf> {
    return this.members.names();
  }
}
