import type { ChangedLineModel, OrderChangeModel, OrderModel, PricedLineModel } from '../../documents/model/index.js';
import { currencyMismatch, minorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { orderLineUnknown } from './problems.js';

/** How documents write that a line is taken out: UBL's word, UN/EDIFACT 1229's code, plain JSON's word. */
const REMOVED = new Set(['CANCELLED', 'DELETED', 'REMOVED', '2']);

/**
 * The order as it is once `change` takes effect: lines replaced, added or taken out, new dates where it names some.
 * Its amount is the one that the change states, else follows from the lines; else, where taxes or unpriced lines make
 * that a guess, it is absent. Throws CURRENCY_MISMATCH, ORDER_LINE_UNKNOWN. Number and parties are the caller's to check.
 */
export function effectiveOrder(order: OrderModel, change: OrderChangeModel): OrderModel {
  if (change.currency && order.currency && change.currency !== order.currency) {
    throw currencyMismatch(`the change is in ${change.currency}, the order in ${order.currency}`, {
      field: '/currency',
      expected: order.currency,
    });
  }
  const currency = order.currency ?? change.currency;
  const lines = changedLines(order, change);
  const amount = change.amount ?? derivedAmount({ ...order, currency }, lines);
  const stated = Object.fromEntries(
    (['taxAmount', 'contract', 'validFrom', 'validUntil', 'deliverFrom', 'deliverUntil'] as const)
      .filter((name) => change[name] !== undefined)
      .map((name) => [name, change[name]]),
  );
  return { ...order, ...stated, currency, amount, lines };
}

function changedLines(order: OrderModel, change: OrderChangeModel): PricedLineModel[] {
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  for (const changed of change.lines) {
    const { status, ...line } = changed;
    if (!isRemoved(changed)) lines.set(line.id, line);
    else if (!lines.delete(line.id)) {
      throw orderLineUnknown(`the change takes out line ${line.id}, which order ${order.number} does not have`, {
        line: line.id,
      });
    }
  }
  return [...lines.values()];
}

const isRemoved = (line: ChangedLineModel): boolean => REMOVED.has(line.status?.trim().toUpperCase() ?? '');

/** What was ordered before, less the old lines and plus the new ones; undefined unless that is exact. */
function derivedAmount(order: OrderModel, lines: readonly PricedLineModel[]): string | undefined {
  const { amount, currency, taxAmount } = order;
  const taxed = taxAmount !== undefined && Rational.parse(taxAmount).sign !== 0;
  const [before, after] = [sumOf(order.lines), sumOf(lines)];
  if (amount === undefined || currency === undefined || taxed || !before || !after) return undefined;
  return Rational.parse(amount).minus(before).plus(after).round(minorUnits(currency)).toFixed(minorUnits(currency));
}

function sumOf(lines: readonly PricedLineModel[]): Rational | undefined {
  const amounts = lines.map(({ amount }) => amount);
  return amounts.includes(undefined) ? undefined : Rational.sum(amounts.map((amount) => Rational.parse(amount ?? '0')));
}
