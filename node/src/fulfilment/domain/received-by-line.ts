import type { OrderModel, ReferringLineModel } from '../../documents/model/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { normaliseNumber } from '../../members/domain/tags/normalise-number.js';
import { type ItemIds, LinesToMeet } from '../../receivables/domain/cover/line-meeting.js';
import { sameUnit } from '../../receivables/domain/cover/units.js';
import { entryHash, liveEntries } from './fulfilment-log.js';
import type { LogEntry } from './log-entry.js';
import { kindOf, MILESTONE_RULES } from './milestone-kinds.js';

/** A line of a receipt, a despatch or a return, as far as it is shown. */
export interface ReportedLine extends Omit<ReferringLineModel, 'item'> {
  readonly item: ItemIds;
  readonly rejected?: string;
  /** It names its order's number, which is not shown. */
  readonly orderNumberHidden?: boolean;
}

/** An order by its lines, as far as they are shown. */
export interface OrderedLines extends Pick<OrderModel, 'number'> {
  readonly lines: readonly { readonly id: string; readonly item: ItemIds; readonly unit?: string }[];
}

/** An entry with what its document reports, where this reader has the document and it reports quantities. */
export interface ReportedEntry extends LogEntry {
  readonly report?: Report;
}

/** What a receipt, an inspection or a return reports. */
export interface Report {
  readonly lines: readonly ReportedLine[];
  /** How many orders the document's header names. Lines that name none are about the one, may be about any of several, and of a header that names none. */
  readonly orders?: OrdersNamed;
}

/** UNKNOWN to who is not shown how many. */
export type OrdersNamed = 'NONE' | 'ONE' | 'SEVERAL' | 'UNKNOWN';

/** What became of the goods of one line of an order (rule 5); accepted = received - rejected - returned. */
export interface LineReceipt {
  readonly line: string;
  /** In which all three are: the order's, or as first reported where that states none. */
  readonly unit?: string;
  readonly received: Rational;
  readonly rejected: Rational;
  readonly returned: Rational;
  /** Hashes of the entries that say so. */
  readonly entries: readonly Hex[];
}

export interface Receipts {
  /** One for each line of the order, in its order. */
  readonly lines: readonly LineReceipt[];
  /**
   * Reported lines that name another order, or none where the document names several, or meet no line of this one, or more than one, or are in
   * another unit: they count for nothing.
   */
  readonly unmet: readonly { readonly entry: Hex; readonly line: string }[];
  /** Entries that can lower cover but whose document is not here, or reports no quantities. */
  readonly silent: readonly Hex[];
  /**
   * Entries of which item ids, an order's number or how many orders they are over decide which lines they meet, and are not shown, or that take
   * away from what was received in another unit or of one of several orders: these count for nothing yet, which may be too little.
   */
  readonly undecided: readonly Hex[];
}

type Tally = { -readonly [K in keyof LineReceipt]: LineReceipt[K] } & { readonly entries: Hex[] };

/**
 * Received, rejected and returned quantities of each line of `order`, from its fulfilment log: superseded entries
 * dropped, receipts summed. An inspection's rejected quantities add to the receipts', whoever of those entitled wrote
 * it; of a return each line's quantity counts. Lines meet as rule 5 says; of a document over several orders, recorded on each of
 * them, only those that name this one: a line that names none would count on each.
 */
export function receivedByLine(order: OrderedLines, entries: readonly ReportedEntry[]): Receipts {
  const orderNumber = numberOf(order.number);
  const orderLines = new LinesToMeet(
    order.lines.map(({ id, item }) => ({ order: ORDER, orderNumber, id, items: item })),
  );
  const tallies = new Map(order.lines.map(({ id, unit }) => [id, emptyTally(id, unit)]));
  const unmet: { entry: Hex; line: string }[] = [];
  const silent: Hex[] = [];
  const undecided = new Set<Hex>();
  for (const entry of liveEntries(entries)) {
    const kind = kindOf(entry.kind);
    if (!MILESTONE_RULES[kind].touchesCover) continue;
    const hash = entryHash(entry);
    if (!entry.report?.lines.length) silent.push(hash);
    const several = entry.report !== undefined && isOfSeveral(entry.report, order.number);
    for (const line of entry.report?.lines ?? []) {
      const { id, item: items, orderLine } = line;
      const billed = { id, items, orderLine, orderNumber: line.orderNumber && numberOf(line.orderNumber) };
      const tally = tallies.get(orderLines.meet(billed)?.line.id ?? '');
      const counts = tally !== undefined && !(several && !line.orderNumber) && sameUnit(tally.unit, line.unit);
      const hinges = !line.orderNumber && entry.report?.orders === 'UNKNOWN';
      if (line.orderNumberHidden || orderLines.hingesOnHidden(billed) || (counts && hinges)) undecided.add(hash);
      else if (counts) add(tally, kind, line, hash);
      else {
        unmet.push({ entry: hash, line: line.id });
        if (tally && takesAway(kind, line)) undecided.add(hash);
      }
    }
  }
  return { lines: [...tallies.values()], unmet, silent, undecided: [...undecided] };
}

/** Whether a line that names no order may be about another than this one. */
const isOfSeveral = ({ orders = 'NONE', lines }: Report, own: string): boolean =>
  orders === 'SEVERAL' ||
  (orders === 'NONE' && ordersNamed([own, ...lines.flatMap(({ orderNumber }) => orderNumber ?? [])]) === 'SEVERAL');

/** Of order numbers as they are written. */
export function ordersNamed(numbers: readonly string[]): OrdersNamed {
  const { size } = new Set(numbers.map(numberOf));
  if (size === 0) return 'NONE';
  return size === 1 ? 'ONE' : 'SEVERAL';
}

/** Lines are met within one order here, so its id need not be told. */
const ORDER: Hex = '0x';

/** Normalised; one that no order can have stays as it is, and so is no order's. */
export function numberOf(number: string): string {
  try {
    return number && normaliseNumber(number);
  } catch (error) {
    if (error instanceof Problem) return number;
    throw error;
  }
}

const emptyTally = (line: string, unit: string | undefined): Tally => ({
  line,
  unit,
  received: Rational.ZERO,
  rejected: Rational.ZERO,
  returned: Rational.ZERO,
  entries: [],
});

function add(tally: Tally, kind: string, line: ReportedLine, entry: Hex): void {
  const quantity = Rational.parse(line.quantity ?? '0');
  if (kind === 'RETURNED') tally.returned = tally.returned.plus(quantity);
  else tally.rejected = tally.rejected.plus(Rational.parse(line.rejected ?? '0'));
  if (kind === 'RECEIVED') tally.received = tally.received.plus(quantity);
  tally.unit ??= line.unit;
  tally.entries.push(entry);
}

/** Whether there is less than before by this line, in whichever unit: of what it says was received, it may reject a part. */
function takesAway(kind: string, line: ReportedLine): boolean {
  const quantity = Rational.parse(line.quantity ?? '0');
  if (kind === 'RETURNED') return quantity.sign > 0;
  const rejected = Rational.parse(line.rejected ?? '0');
  return rejected.minus(kind === 'RECEIVED' ? quantity : Rational.ZERO).sign > 0;
}
