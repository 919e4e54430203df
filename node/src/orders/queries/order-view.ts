import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import type { NameOf } from '../../members/index.js';
import { ORDER_TYPES } from '../domain/order-type.js';
import { ORDER_STATUSES } from '../domain/order-status.js';
import type { Order } from '../domain/order.js';
import type { OrderDocumentFacts } from '../domain/order-facts.js';

const time = z.iso.datetime().describe('Block time.');
const root = z.string().describe('0x and 64 hex digits.');

/** What every member may see of any order. */
export const registryOrderView = z.object({
  id: root,
  status: z.enum(ORDER_STATUSES),
  type: z.enum(ORDER_TYPES).describe('FRAMEWORK: a framework contract, which orders call off.'),
  framework: root.nullable().describe('Framework contract that it calls off.'),
  version: z.int().describe('Of the document: 1, 2, ...'),
  buyer: z.string().describe('Short name of the member.'),
  supplier: z.string().describe('Short name of the member.'),
  commitment: root.describe("Root over the current version's fields."),
  coverVersion: z.int().describe('Rises with each act that can lower cover.'),
  postedAt: time,
  // Not z.iso.datetime(): a buyer may name a year of five digits.
  expiresAt: z
    .string()
    .describe(
      'RFC 3339: last second, by block time, at which the supplier can accept, and a framework contract be called off.',
    ),
  changedAt: time,
  block: z.int().describe('Of the last change.'),
});
export type RegistryOrderView = z.output<typeof registryOrderView>;

/** What parties, and in part those appointed on it, see of an order. */
export const orderView = registryOrderView.extend({
  number: z.string().nullable().describe('As the current version says; null where its document is not disclosed.'),
  issueDate: z.string().nullable(),
  currency: z.string().nullable(),
  amount: z.string().nullable().describe('Payable in all; null too where the document does not say.'),
  milestones: z.int().describe('Entries of the fulfilment log.'),
  head: root.describe("Of the log's hash chain; zero while it is empty."),
  encumbered: z.boolean().describe('Whether a lender has a claim on the order or on a receivable born from it.'),
  pendingVersion: z.int().nullable().describe('Version whose change awaits an answer.'),
  cancellationProposedBy: z.string().nullable(),
  completionProposedBy: z.string().nullable(),
  batch: z.string().nullable().describe('Root of the batch that it was posted in; null for one posted alone.'),
});
export type OrderView = z.output<typeof orderView>;

export function toRegistryView(order: Order, nameOf: NameOf): RegistryOrderView {
  const { id, status, type, framework, version, commitment, coverVersion } = order;
  return {
    ...{ id, status, type, framework, version, commitment, coverVersion },
    buyer: nameOf(order.buyer),
    supplier: nameOf(order.supplier),
    postedAt: timeOf(order.postedAt),
    expiresAt: timeOf(order.expiry),
    changedAt: timeOf(order.changedAt),
    block: order.changedBlock,
  };
}

/** What a list shows of the current document; null what it does not say, or what was not disclosed. */
export type ShownFacts = {
  readonly [Name in keyof Pick<OrderDocumentFacts, 'number' | 'issueDate' | 'currency' | 'amount'>]: string | null;
};

export function toView(order: Order, facts: ShownFacts | undefined, nameOf: NameOf): OrderView {
  const nameOrNull = (member: number | null) => (member === null ? null : nameOf(member));
  return {
    ...toRegistryView(order, nameOf),
    number: facts?.number ?? null,
    issueDate: facts?.issueDate ?? null,
    currency: facts?.currency ?? null,
    amount: facts?.amount ?? null,
    milestones: order.entries,
    head: order.head,
    encumbered: order.encumbered || order.encumberedDescendants > 0,
    pendingVersion: order.pendingVersion,
    cancellationProposedBy: nameOrNull(order.cancelProposedBy),
    completionProposedBy: nameOrNull(order.completeProposedBy),
    batch: order.batch,
  };
}
