import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import type { NameOf } from '../../members/index.js';
import { decodeScope } from '../domain/confirmation-scope.js';
import type { Encumbrance, Receivable } from '../domain/receivable.js';
import { ENCUMBRANCE_KINDS, ENCUMBRANCE_STATES, RECEIVABLE_MARKS, RECEIVABLE_STATUSES } from '../domain/states.js';

export const moneyView = z.object({ amount: z.string().describe('Decimal text.'), currency: z.string() });
export type MoneyView = z.output<typeof moneyView>;

const hash = z.string().describe('0x and 64 hex digits.');
const time = z.iso.datetime().describe('Block time.');

/** What every member may see of any receivable. */
export const registryReceivableView = z.object({
  id: hash,
  status: z.enum(RECEIVABLE_STATUSES),
  version: z.int().describe('Rises with each entry of its log.'),
  obligor: z.string().describe('Short name of the member that owes it.'),
  supplier: z.string().describe('Short name of the member that issued it.'),
  orders: z.array(hash),
  commitment: hash.describe("Root over the invoice's fields."),
  confirmation: hash.nullable().describe("Root over the confirmation's fields."),
  waivesSetOff: z.boolean(),
  waivesDefences: z.boolean(),
  withoutReceipt: z.boolean().describe('Whether the obligor confirmed it whatever was received.'),
  coverVersion: z.int().describe('Its own count of acts that can lower cover.'),
  head: hash.describe("Of its log's hash chain; zero until confirmed."),
  openDisputes: z.int(),
  encumbrance: z.object({
    state: z.enum(ENCUMBRANCE_STATES),
    kind: z.enum(ENCUMBRANCE_KINDS).nullable(),
    disburseBy: time.nullable().describe('Until when a reservation holds.'),
    noticeGiven: z.boolean(),
  }),
  marks: z.array(z.enum(RECEIVABLE_MARKS)).describe('What its payee or lender said of it; none is taken back.'),
  parent: hash.nullable().describe('The receivable that it was split from.'),
  successor: hash.nullable(),
  issuedAt: time,
  confirmedAt: time.nullable(),
  endedAt: time.nullable(),
});
export type RegistryReceivableView = z.output<typeof registryReceivableView>;

export function toRegistryView(
  receivable: Receivable,
  encumbrance: Encumbrance | undefined,
  nameOf: NameOf,
): RegistryReceivableView {
  const { id, status, commitment, confirmation, coverVersion, head, openDisputes, parent, successor } = receivable;
  return {
    ...{ id, status, commitment, confirmation, coverVersion, head, openDisputes, parent, successor },
    marks: [...receivable.marks],
    ...decodeScope(receivable.scope ?? 0),
    version: 1 + receivable.entries,
    obligor: nameOf(receivable.obligor),
    supplier: nameOf(receivable.supplier),
    orders: [...receivable.orders],
    encumbrance: {
      state: encumbrance?.state ?? 'NONE',
      kind: encumbrance?.kind ?? null,
      disburseBy: encumbrance?.state === 'RESERVED' ? timeOf(encumbrance.disburseBy) : null,
      noticeGiven: Boolean(encumbrance?.notice),
    },
    issuedAt: timeOf(receivable.issued.at),
    confirmedAt: receivable.confirmed && timeOf(receivable.confirmed.at),
    endedAt: receivable.ended && timeOf(receivable.ended.at),
  };
}
