import { canonicalAmount, minorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import type { DocumentModel, OrderModel, PricedLineModel } from '../model/index.js';
import { lineAmount } from './arithmetic.js';

/** A model, and what was found odd in it. */
export interface Completed {
  readonly model: DocumentModel;
  readonly notes: readonly string[];
}

/** Derives what an order leaves out (line amounts from prices, the whole from the lines) and says so. */
export function complete(model: DocumentModel): Completed {
  if (model.kind === 'ORDER') return completeOrder(model);
  if (model.kind !== 'INVOICE') return { model, notes: [] };
  const notes: string[] = [];
  if (!model.dueDateStated) notes.push('DUE_DATE_MISSING /dueDate: none is stated, so the issue date counts');
  if (model.payTo) notes.push('PAYEE_OTHER /payTo: the document says to pay another than its supplier');
  return { model, notes };
}

function completeOrder(order: OrderModel): Completed {
  const { currency } = order;
  if (currency === undefined) return { model: order, notes: [] };
  const lines = order.lines.map((line) => pricedLine(line, currency));
  const notes = lines.flatMap((line, i) =>
    line === order.lines[i] ? [] : [`LINE_AMOUNT_DERIVED /lines/${i}/amount: from quantity and price`],
  );
  const amounts = lines.map(({ amount }) => amount);
  if (order.amount !== undefined || lines.length === 0 || amounts.includes(undefined)) {
    return { model: { ...order, lines }, notes };
  }
  const sum = Rational.sum(amounts.map((each) => Rational.parse(each ?? '0')));
  const amount = canonicalAmount(sum.toString(), currency);
  return { model: { ...order, lines, amount }, notes: [...notes, 'AMOUNT_DERIVED /amount: the sum of the lines'] };
}

function pricedLine(line: PricedLineModel, currency: string): PricedLineModel {
  const exact = line.amount === undefined && line.price !== undefined ? lineAmount(line, line.price) : undefined;
  return exact ? { ...line, amount: exact.round(minorUnits(currency)).toFixed(minorUnits(currency)) } : line;
}
