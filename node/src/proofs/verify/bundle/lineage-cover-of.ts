import { entryHash } from '../../../fulfilment/domain/fulfilment-log.js';
import type { LogEntry } from '../../../fulfilment/domain/log-entry.js';
import { kindOf, MILESTONE_RULES } from '../../../fulfilment/domain/milestone-kinds.js';
import { receivedByLine } from '../../../fulfilment/domain/received-by-line.js';
import type { Hex } from '../../../kernel/hex.js';
import { minorUnits } from '../../../kernel/money.js';
import { Problem } from '../../../kernel/problem.js';
import { Rational } from '../../../kernel/rational.js';
import { normaliseNumber } from '../../../members/domain/tags/normalise-number.js';
import { decodeScope } from '../../../receivables/domain/confirmation-scope.js';
import { claimOf } from '../../../receivables/domain/cover/claim-of.js';
import type { Claim, Undertaking } from '../../../receivables/domain/cover/claim.js';
import type { Deduction } from '../../../receivables/domain/cover/cover.js';
import type { LineGoods } from '../../../receivables/domain/cover/goods.js';
import { lineageCover } from '../../../receivables/domain/cover/lineage-cover.js';
import { LinesToMeet, type OrderLine } from '../../../receivables/domain/cover/line-meeting.js';
import { partCover } from '../../../receivables/domain/cover/part-cover.js';
import { amountIn } from '../../../receivables/domain/documents/figures.js';
import {
  hidesLines,
  type OrderFacts,
  readConfirmation,
  readInvoice,
  readOrder,
  readReceipt,
} from '../../../receivables/domain/documents/read-documents.js';
import type { EventRef } from '../../../receivables/domain/event-ref.js';
import { loweringEntries, type ReceivableEntry } from '../../../receivables/domain/receivable-log.js';
import { readPart } from '../../../receivables/domain/split/part-terms.js';
import type { ReceivableState } from '../chain-state.js';
import type { CoverStatement } from '../evidence.js';

/** Fields of documents, by the commitments that they were checked to open. */
export type Opened = ReadonlyMap<Hex, ReadonlyMap<string, string>>;

/** An order as cover needs it: what its version in force is committed to, and its log. */
export interface CoverOrder {
  readonly id: Hex;
  readonly commitment: Hex;
  readonly log: readonly LogEntry[];
}

export interface CoverReceivable {
  readonly id: Hex;
  readonly orders: readonly Hex[];
  readonly state: ReceivableState;
  readonly log: readonly ReceivableEntry[];
  /** What it is a part of; null for a whole. */
  readonly parent: Hex | null;
}

/** What was not shown decides the cover. */
class NotShown extends Error {}

/**
 * Far more lines than any trade's documents have together, a line that is read for several entries or claims counted each time:
 * a file of a chain that never was may name one long document ten thousand times.
 */
const MAX_LINES = 1_000_000;

/**
 * What may be advanced on the first of `receivables` (rule 5), from nothing but proven state and opened documents; the
 * others are those confirmed on the same orders, and take their goods in turn. Undefined when what is shown does not
 * decide it. What is advanced on its orders is nobody's to know: an order that is encumbered says so by itself. A part stands on
 * its own document.
 */
export function coverOf(
  receivables: readonly CoverReceivable[],
  orders: readonly CoverOrder[],
  opened: Opened,
): CoverStatement | undefined {
  const [subject] = receivables;
  if (!subject) return undefined;
  try {
    if (subject.parent !== null) return ofPart(subject, opened);
    const facts = new Map(orders.map((order) => [order.id, requireShown(opened.get(order.commitment), readOrder)]));
    const counted = receivables.filter(
      ({ state }, i) => i === 0 || (state.status !== 'ISSUED' && state.status !== 'VOID'),
    );
    const { currency } = requireShown(opened.get(subject.state.commitment), readInvoice);
    const minorDigits = minorUnits(currency);
    requireFeasible(counted, orders, opened);
    const deductions = counted.map((each) => {
      const owed = requireShown(opened.get(each.state.commitment), readInvoice);
      return [each.id, deductionsOf(each, owed.currency, opened)] as const;
    });
    const cover = lineageCover(
      {
        claims: counted.map((each, i) => toClaim(each, facts, opened, i === 0)),
        goods: orders.flatMap((order) => goodsOf(order, facts.get(order.id)!, opened)),
        deductions: new Map(deductions),
        advances: [],
        minorDigits,
      },
      subject.id,
    );
    const amount = cover.amount.toFixed(minorDigits);
    return { amount, currency, withoutReceipt: cover.withoutReceipt, othersCounted: counted.length - 1 };
  } catch (error) {
    // A number or an amount that cannot be read counts as one that was not shown.
    if (error instanceof NotShown || error instanceof Problem) return undefined;
    throw error;
  }
}

function requireFeasible(counted: readonly CoverReceivable[], orders: readonly CoverOrder[], opened: Opened): void {
  const lines = (commitment: Hex): number => lengthOf(opened.get(commitment));
  const ordered = new Map(orders.map(({ id, commitment }) => [id, lines(commitment)]));
  const total = [
    ...orders.flatMap(({ log }) => log.map((entry) => lines(entry.commitment))),
    ...counted.map(({ state }) => lines(state.commitment)),
    ...counted.flatMap((each) => each.orders.map((order) => ordered.get(order) ?? 0)),
  ].reduce((sum, each) => sum + each, 0);
  if (total > MAX_LINES) throw new NotShown();
}

/** Of its lines; never more than the fields that are shown, which {@link wholeArray} requires, and never less than none. */
const lengthOf = (fields: Fields | undefined): number =>
  Math.max(0, Math.min(Number(fields?.get('/lines/-')) || 0, fields?.size ?? 0));

function ofPart(part: CoverReceivable, opened: Opened): CoverStatement {
  const { id, state, log } = part;
  const { amount, covered, currency } = requireShown(opened.get(state.commitment), readPart);
  const { withoutReceipt } = decodeScope(state.scope);
  const confirmed = ref('PartConfirmed', id, log[0]?.recordedAt ?? 0, 0);
  const facts = { amount: Rational.parse(amount), covered: Rational.parse(covered), withoutReceipt, confirmed };
  const cover = partCover(facts, deductionsOf(part, currency, opened));
  return { amount: cover.amount.toFixed(minorUnits(currency)), currency, withoutReceipt };
}

type Fields = ReadonlyMap<string, string>;

function requireShown<T>(fields: Fields | undefined, read: (fields: Fields) => T | undefined): T {
  const facts = fields && read(fields);
  if (facts === undefined) throw new NotShown();
  return facts;
}

/** Block time stands for the place in the chain; of two at one second the one asked about comes last, which lowers it. */
const ref = (name: string, object: Hex, at: number, logIndex: number): EventRef => ({
  ...{ name, object, at, logIndex },
  block: at,
  tx: '0x',
});

function toClaim(
  { id, orders, state, log }: CoverReceivable,
  facts: ReadonlyMap<Hex, OrderFacts>,
  opened: Opened,
  asked: boolean,
): Claim {
  const invoice = requireShown(opened.get(state.commitment), readInvoice);
  const lines = orders.flatMap((order) => orderLines(order, facts.get(order)));
  const [confirmation] = log;
  let undertaking: Undertaking | undefined;
  if (state.status !== 'ISSUED' && confirmation) {
    const terms = requireShown(opened.get(confirmation.commitment), readConfirmation);
    if (terms.currency !== invoice.currency) throw new NotShown();
    undertaking = {
      amount: Rational.parse(terms.amount),
      withoutReceipt: decodeScope(state.scope).withoutReceipt,
      event: ref('ReceivableConfirmed', id, confirmation.recordedAt, asked ? 1 : 0),
    };
  }
  const receivable = { id, orders, issued: ref('ReceivableIssued', id, 0, 0), status: state.status };
  const claim = claimOf(receivable, invoice, undertaking, new LinesToMeet(lines), facts);
  if (!claim) throw new NotShown();
  return claim;
}

function orderLines(order: Hex, facts: OrderFacts | undefined): OrderLine[] {
  if (!facts) throw new NotShown();
  const orderNumber = facts.number && normaliseNumber(facts.number);
  return facts.lines.map(({ id, item }) => ({ order, orderNumber, id, items: item }));
}

function goodsOf({ id, log }: CoverOrder, facts: OrderFacts, opened: Opened): LineGoods[] {
  const telling = log.filter(({ kind }) => MILESTONE_RULES[kindOf(kind)].touchesCover);
  // Many entries may name one document: each is read once.
  const told = [...new Set(telling.map(({ commitment }) => commitment))];
  if (told.some((commitment) => hidesLines(opened.get(commitment)))) throw new NotShown();
  const reports = new Map(told.map((commitment) => [commitment, readReceipt(opened.get(commitment)!)]));
  const reported = log.map((entry) => ({ ...entry, report: reports.get(entry.commitment) }));
  const { lines, undecided } = receivedByLine(facts, reported);
  if (undecided.length > 0) throw new NotShown();
  const events = new Map(log.map((entry) => [entryHash(entry), ref('MilestoneRecorded', id, entry.recordedAt, 0)]));
  return lines.map(({ entries, ...line }) => {
    return { order: id, ...line, events: entries.map((entry) => events.get(entry)!) };
  });
}

/** An amount that is not shown with its currency, cannot be read or is none of the receivable's currency is absent: then everything is deducted. */
function deductionsOf({ id, log }: CoverReceivable, currency: string, opened: Opened): Deduction[] {
  return loweringEntries(log).map(({ kind, index, commitment }) => {
    const amount = amountIn(opened.get(commitment), currency);
    const event = ref(kind, id, log[index]!.recordedAt, index);
    return { kind, amount: amount === undefined ? undefined : Rational.parse(amount), event };
  });
}
