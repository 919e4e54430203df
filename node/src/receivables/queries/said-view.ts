import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { LATE_KINDS } from '../domain/states.js';
import { type MoneyView, moneyView } from './receivable-view.js';
import type { Said, SaidDispute, SaidLate, SaidPayment } from './statements.js';

const said = z.object({
  id: z.string().describe('Root over its fields.'),
  receivable: z.string(),
  n: z.int().describe("Its number: its place in the receivable's log."),
  version: z.literal(1),
  amount: moneyView.optional().describe('Absent where it names none, or its document is not disclosed.'),
  at: z.iso.datetime().describe('Block time.'),
});

export const paymentView = said.extend({
  status: z.enum(['CLAIMED', 'ACKNOWLEDGED', 'WITHDRAWN']),
  reference: z.string().optional(),
  paidTo: z.string().optional().describe('Short name of the member that was paid.'),
  acknowledgedAt: z.iso.datetime().nullable(),
  withdrawnAt: z.iso.datetime().nullable().describe('When the obligor took back that it paid.'),
  settles: z.boolean(),
  misdirected: z
    .boolean()
    .describe(
      'Whether another was paid than the lender to whom it was due by acknowledged notice; not of one that was withdrawn.',
    ),
});
export type PaymentView = z.output<typeof paymentView>;

export const creditNoteView = said.extend({ status: z.literal('ISSUED'), number: z.string().optional() });
export type CreditNoteView = z.output<typeof creditNoteView>;

export const disputeView = said.extend({
  status: z.enum(['OPEN', 'RESOLVED']),
  reason: z.string().optional(),
  resolvedAt: z.iso.datetime().nullable(),
});
export type DisputeView = z.output<typeof disputeView>;

export const latenessView = said.omit({ amount: true }).extend({
  kind: z.enum(LATE_KINDS),
  reason: z.string().optional(),
});
export type LatenessView = z.output<typeof latenessView>;

function common(receivable: Hex, { root, entry, fields, amount, at }: Said) {
  const currency = fields?.get('/currency');
  const money: MoneyView | undefined = amount === undefined || !currency ? undefined : { amount, currency };
  return { id: root, receivable, n: entry, version: 1 as const, amount: money, at: timeOf(at.at) };
}

export function toPaymentView(receivable: Hex, payment: SaidPayment, astray: ReadonlySet<Hex>): PaymentView {
  const { acknowledged, withdrawn, settles, fields } = payment;
  return {
    ...common(receivable, payment),
    status: acknowledged ? 'ACKNOWLEDGED' : withdrawn ? 'WITHDRAWN' : 'CLAIMED',
    reference: fields?.get('/reference'),
    paidTo: fields?.get('/paidTo'),
    acknowledgedAt: acknowledged && timeOf(acknowledged.at),
    withdrawnAt: withdrawn && timeOf(withdrawn.at),
    settles,
    misdirected: astray.has(payment.root),
  };
}

export function toCreditNoteView(receivable: Hex, creditNote: Said): CreditNoteView {
  return { ...common(receivable, creditNote), status: 'ISSUED', number: creditNote.fields?.get('/number') };
}

export function toDisputeView(receivable: Hex, dispute: SaidDispute): DisputeView {
  const { resolved, fields } = dispute;
  return {
    ...common(receivable, dispute),
    status: resolved ? 'RESOLVED' : 'OPEN',
    reason: fields?.get('/reason'),
    resolvedAt: resolved && timeOf(resolved.at),
  };
}

export function toLatenessView(receivable: Hex, { root, entry, kind, fields, at }: SaidLate): LatenessView {
  return { id: root, receivable, n: entry, version: 1, kind, reason: fields?.get('/reason'), at: timeOf(at.at) };
}
