import type { OrderModel, PricedLineModel } from '../../documents/model/index.js';
import type { Hex } from '../../kernel/hex.js';
import { canonicalAmount, currencyMismatch } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { LinesToMeet, type OrderLine } from '../../receivables/domain/cover/line-meeting.js';
import { frameworkBelowCalledOff, frameworkExceeded, frameworkMismatch } from './problems.js';

/** What an order that calls off a framework contract says, and what it would say after a change that may come. The more of them counts. */
export type CallOffVersions = readonly [OrderModel, ...OrderModel[]];

/** How far something is called off; decimals as text. */
export interface Drawn {
  readonly ceiling: string;
  readonly calledOff: string;
  /** Never below 0, though the chain lets both sides take the ceiling below what is called off. */
  readonly remaining: string;
}

export interface DrawnLine extends Drawn {
  /** The framework's line. */
  readonly line: string;
  readonly item: string | null;
  readonly unit: string | null;
}

/** What a framework contract still allows: its amount, where it states one, and the quantities of its lines. */
export interface Allowance {
  readonly currency: string | null;
  readonly amount: Drawn | null;
  readonly lines: DrawnLine[];
}

/** What is left of a framework contract after these orders that call it off. */
export function allowanceOf(framework: OrderModel, callOffs: readonly CallOffVersions[]): Allowance {
  const { amount, currency = null } = framework;
  return {
    currency,
    amount: amount === undefined ? null : drawn(amount, sumOf(callOffs, amountOf), moneyIn(currency!)),
    lines: bounded(framework).map((line) => ({
      line: line.id,
      item: line.item.seller ?? line.item.buyer ?? line.item.standard ?? line.item.name ?? null,
      unit: line.unit ?? null,
      ...drawn(line.quantity!, calledOffOn(framework, line, callOffs), plain),
    })),
  };
}

/**
 * Refuses with FRAMEWORK_EXCEEDED an order beyond what a framework contract allows after `others`, and says by how much; with
 * CURRENCY_MISMATCH one in another currency; with FRAMEWORK_MISMATCH one that does not say what is to be counted: its amount,
 * the quantity of a line, or, where the framework bounds quantities, an item that it has.
 */
export function requireAllowed(framework: OrderModel, others: readonly CallOffVersions[], next: OrderModel): void {
  requireCountable(framework, next);
  const { currency, amount, lines } = allowanceOf(framework, others);
  if (amount) {
    const facts = { currency, ...amount };
    requireLeft(amountOf(next), amount, 'the amount', facts, moneyIn(currency!));
  }
  for (const drawnLine of lines) {
    const line = framework.lines.find(({ id }) => id === drawnLine.line)!;
    requireLeft(quantityOn(framework, line, next), drawnLine, `line ${line.id}`, { ...drawnLine }, plain);
  }
}

/**
 * Refuses with FRAMEWORK_BELOW_CALLED_OFF a version of a framework contract that allows less than before and less than these orders call off,
 * and says by how much; a line that it has no more allows nothing, unless it bounds no quantities at all. With CURRENCY_MISMATCH,
 * FRAMEWORK_MISMATCH one whose amount, or the unit of a line, cannot be compared with theirs.
 */
export function requireKept(framework: OrderModel, next: OrderModel, callOffs: readonly CallOffVersions[]): void {
  if (next.amount !== undefined) for (const order of callOffs.flat()) requireCurrency(next, order);
  const { currency, amount, lines } = allowanceOf(next, callOffs);
  if (amount && isLower(amount.ceiling, framework.amount))
    requireNotBelow(amount, 'the amount', { currency }, moneyIn(currency!));
  for (const order of callOffs.flat()) requireUnits(next, order);
  for (const line of lines) {
    const before = meet(
      framework,
      next.lines.find(({ id }) => id === line.line)!,
    );
    if (isLower(line.ceiling, before?.quantity)) requireNotBelow(line, `line ${line.line}`, { ...line }, plain);
  }
  if (lines.length === 0) return;
  for (const line of framework.lines.filter((each) => !meet(next, each))) {
    const gone = drawn('0', calledOffOn(framework, line, callOffs), plain);
    requireNotBelow(gone, `line ${line.id}`, { line: line.id }, plain);
  }
}

/** Than a ceiling of before, where there was one. */
const isLower = (ceiling: string, before: string | undefined) =>
  before === undefined || Rational.parse(ceiling).minus(Rational.parse(before)).sign < 0;

function requireNotBelow(
  { ceiling, calledOff }: Drawn,
  what: string,
  facts: Readonly<Record<string, unknown>>,
  write: (value: Rational) => string,
): void {
  const excess = Rational.parse(calledOff).minus(Rational.parse(ceiling));
  if (excess.sign <= 0) return;
  const by = write(excess);
  const detail = `${what} would be less than what is called off already by ${by}`;
  throw frameworkBelowCalledOff(detail, { ...facts, ceiling, calledOff, excess: by });
}

function requireLeft(
  asked: Rational,
  { remaining }: Drawn,
  what: string,
  facts: Readonly<Record<string, unknown>>,
  write: (value: Rational) => string,
): void {
  const excess = asked.minus(Rational.parse(remaining));
  if (excess.sign <= 0) return;
  const by = write(excess);
  throw frameworkExceeded(`${what} is beyond what the framework contract still allows by ${by}`, {
    ...facts,
    asked: write(asked),
    excess: by,
  });
}

function requireCurrency(framework: OrderModel, { currency }: OrderModel): void {
  if (!framework.currency || !currency || framework.currency === currency) return;
  throw currencyMismatch(`the order is in ${currency}, the framework contract in ${framework.currency}`, {
    field: '/currency',
    expected: framework.currency,
  });
}

function requireCountable(framework: OrderModel, next: OrderModel): void {
  requireCurrency(framework, next);
  if (framework.amount !== undefined && next.amount === undefined)
    throw frameworkMismatch('the framework contract bounds amounts, and the order states none', { field: '/amount' });
  if (bounded(framework).length === 0) return;
  for (const line of next.lines) {
    const met = meet(framework, line);
    if (!met) throw frameworkMismatch(`line ${line.id} is of no item of the framework contract`, { line: line.id });
    if (met.quantity === undefined) continue;
    if (line.quantity === undefined)
      throw frameworkMismatch(`line ${line.id} states no quantity, which the framework bounds`, { line: line.id });
  }
  requireUnits(framework, next);
}

function requireUnits(framework: OrderModel, { lines }: OrderModel): void {
  for (const line of lines) {
    const met = meet(framework, line);
    if (met?.quantity === undefined || !met.unit || !line.unit || met.unit === line.unit) continue;
    const facts = { line: line.id, expected: met.unit, found: line.unit };
    throw frameworkMismatch(`line ${line.id} counts in another unit than the framework contract`, facts);
  }
}

const bounded = ({ lines }: OrderModel) => lines.filter(({ quantity }) => quantity !== undefined);

/** All lines are of the one framework, so nothing is told apart by it. */
const NONE: Hex = '0x';

/** A framework's lines to be met, made once for each of its models: every line of every call-off is looked for among them. */
const meetings = new WeakMap<OrderModel, (line: PricedLineModel) => PricedLineModel | undefined>();

/** Lines meet as those of invoices and orders do (rule 5). */
function meet(framework: OrderModel, line: PricedLineModel): PricedLineModel | undefined {
  const known = meetings.get(framework) ?? meetingsOf(framework);
  meetings.set(framework, known);
  return known(line);
}

function meetingsOf({ lines }: OrderModel): (line: PricedLineModel) => PricedLineModel | undefined {
  const own = new Map<OrderLine, PricedLineModel>(
    lines.map((line) => [{ order: NONE, orderNumber: '', id: line.id, items: line.item }, line]),
  );
  const among = new LinesToMeet([...own.keys()]);
  return ({ id, item }) => {
    const met = among.meet({ id, items: item });
    return met && own.get(met.line);
  };
}

/** What takes away from an order gives nothing back to its framework. */
const atLeastNothing = (decimal: string | undefined) => Rational.max(Rational.ZERO, Rational.parse(decimal ?? '0'));

const amountOf = ({ amount }: OrderModel) => atLeastNothing(amount);

const quantityOn = (framework: OrderModel, line: PricedLineModel, { lines }: OrderModel) =>
  Rational.sum(lines.filter((each) => meet(framework, each) === line).map(({ quantity }) => atLeastNothing(quantity)));

const calledOffOn = (framework: OrderModel, line: PricedLineModel, callOffs: readonly CallOffVersions[]) =>
  sumOf(callOffs, (order) => quantityOn(framework, line, order));

const sumOf = (callOffs: readonly CallOffVersions[], count: (order: OrderModel) => Rational) =>
  Rational.sum(callOffs.map((versions) => versions.map(count).reduce(Rational.max)));

function drawn(ceiling: string, used: Rational, write: (value: Rational) => string): Drawn {
  const left = Rational.parse(ceiling).minus(used);
  return {
    ceiling: write(Rational.parse(ceiling)),
    calledOff: write(used),
    remaining: write(Rational.max(Rational.ZERO, left)),
  };
}

/** A document that has an amount has a currency. */
const moneyIn = (currency: string) => (value: Rational) => canonicalAmount(value.toString(), currency);
const plain = (value: Rational) => value.toString();
