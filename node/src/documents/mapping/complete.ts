import { canonicalAmount, minorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import type { DocumentModel, OrderModel, PricedLineModel } from '../model/index.js';
import { lineAmount, NO_TERMS, payableOf, type Terms } from './arithmetic.js';

/** A model, and what was found odd in it. */
export interface Completed {
  readonly model: DocumentModel;
  readonly notes: readonly string[];
}

/**
 * Derives what an order leaves out (line amounts from prices, the whole from lines, allowances, charges and taxes) and says so. What would
 * be less than nothing, or takes an allowance that cannot be read, stays out: nobody knows what the order is worth.
 */
export function complete(model: DocumentModel, terms: Terms = NO_TERMS): Completed {
  if (model.kind === 'ORDER') return completeOrder(model, terms);
  if (model.kind !== 'INVOICE') return { model, notes: [] };
  const notes: string[] = [];
  if (!model.dueDateStated) notes.push('DUE_DATE_MISSING /dueDate: none is stated, so the issue date counts');
  if (model.payTo) notes.push('PAYEE_OTHER /payTo: the document says to pay another than its supplier');
  return { model, notes };
}

function completeOrder(order: OrderModel, terms: Terms): Completed {
  const { currency } = order;
  if (currency === undefined || terms.isUnclear) return { model: order, notes: [] };
  const lines = order.lines.map((line, i) => pricedLine(line, terms.lineAdjustments[i] ?? Rational.ZERO, currency));
  const notes = lines.flatMap((line, i) =>
    line === order.lines[i] ? [] : [`LINE_AMOUNT_DERIVED /lines/${i}/amount: from quantity and price`],
  );
  const amounts = lines.map(({ amount }) => amount);
  if (order.amount !== undefined || lines.length === 0 || amounts.includes(undefined)) {
    return { model: { ...order, lines }, notes };
  }
  const sum = Rational.sum(amounts.map((each) => Rational.parse(each ?? '0')));
  const payable = payableOf(sum, order.taxAmount, terms);
  if (payable.sign < 0) return { model: { ...order, lines }, notes };
  const amount = canonicalAmount(payable.toString(), currency);
  const note = 'AMOUNT_DERIVED /amount: the sum of the lines, with charges and taxes, less allowances';
  return { model: { ...order, lines, amount }, notes: [...notes, note] };
}

function pricedLine(line: PricedLineModel, adjustment: Rational, currency: string): PricedLineModel {
  if (line.amount !== undefined || line.price === undefined) return line;
  const exact = lineAmount(line, line.price)?.plus(adjustment);
  if (!exact || exact.sign < 0) return line;
  return { ...line, amount: exact.round(minorUnits(currency)).toFixed(minorUnits(currency)) };
}
