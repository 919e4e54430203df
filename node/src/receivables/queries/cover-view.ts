import { z } from 'zod';
import type { BlockRef } from '../../indexer/index.js';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import type { Rational } from '../../kernel/rational.js';
import type { EventRef } from '../domain/event-ref.js';
import type { LineCover } from '../domain/cover/allocation.js';
import { COVER_TERM_KINDS } from '../domain/cover/cover.js';
import type { ReceivableCover } from './covers.js';
import { moneyView } from './receivable-view.js';

const eventView = z.object({
  name: z.string(),
  object: z.string().describe('The order or receivable that it is about.'),
  block: z.int(),
  logIndex: z.int(),
  transaction: z.string(),
  at: z.iso.datetime(),
});

const lineView = z.object({
  line: z.string().describe("The invoice's."),
  order: z.string().nullable(),
  orderLine: z.string().nullable().describe("The order's line that it bills; null when none was met."),
  metBy: z.enum(['ORDER_LINE_REFERENCE', 'ITEM', 'LINE_NUMBER']).nullable(),
  unit: z.string().nullable().describe("The invoice line's; null where it states none."),
  receivedUnit: z
    .string()
    .nullable()
    .describe(
      "Of the goods: the order line's, or as first reported. What is invoiced in another is covered by nothing.",
    ),
  invoiced: z.string(),
  received: z.string(),
  rejected: z.string(),
  returned: z.string(),
  takenEarlier: z.string().describe('By earlier lines and earlier confirmed receivables of the order.'),
  covered: z.string(),
  amount: moneyView.describe('Net, as invoiced.'),
  events: z.array(eventView),
});

/** What may be advanced on a receivable now, step by step (rule 5). */
export const coverView = z.object({
  receivable: z.string(),
  asOf: z.object({ block: z.int(), time: z.iso.datetime() }),
  cover: moneyView,
  withoutReceipt: z.boolean().describe("Whether it rests on the obligor's word alone, without receipt of all goods."),
  terms: z
    .array(
      z.object({
        kind: z.enum(COVER_TERM_KINDS),
        amount: moneyView,
        events: z.array(eventView),
      }),
    )
    .describe('Steps from the payable amount to the cover; they sum to it.'),
  lines: z.array(lineView),
});
export type CoverView = z.output<typeof coverView>;

export function toCoverView(receivable: Hex, computed: ReceivableCover, head: BlockRef): CoverView {
  const { cover, currency, minorDigits } = computed;
  const money = (amount: Rational) => ({ amount: amount.toFixed(minorDigits), currency });
  return {
    receivable,
    asOf: { block: head.number, time: timeOf(head.timestamp) },
    cover: money(cover.amount),
    withoutReceipt: cover.withoutReceipt,
    terms: cover.terms.map(({ kind, amount, events }) => ({
      kind,
      amount: money(amount),
      events: events.map(toEvent),
    })),
    lines: cover.lines.map((line) => toLine(line, currency)),
  };
}

function toLine({ line, invoiced, goods, taken, covered }: LineCover, currency: string): CoverView['lines'][number] {
  return {
    line: line.id,
    order: line.met?.order ?? null,
    orderLine: line.met?.line ?? null,
    metBy: line.met?.by ?? null,
    unit: line.unit ?? null,
    receivedUnit: goods?.unit ?? null,
    invoiced: invoiced.toString(),
    received: goods?.received.toString() ?? '0',
    rejected: goods?.rejected.toString() ?? '0',
    returned: goods?.returned.toString() ?? '0',
    takenEarlier: taken.toString(),
    covered: covered.toString(),
    amount: { amount: line.amount.toString(), currency },
    events: (goods?.events ?? []).map(toEvent),
  };
}

function toEvent({ name, object, block, logIndex, tx, at }: EventRef): z.output<typeof eventView> {
  return { name, object, block, logIndex, transaction: tx, at: timeOf(at) };
}
