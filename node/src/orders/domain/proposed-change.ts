import type {
  AnsweredLineModel,
  ChangedLineModel,
  OrderChangeModel,
  OrderModel,
  OrderResponseModel,
  PricedLineModel,
} from '../../documents/model/index.js';
import { Rational } from '../../kernel/rational.js';
import { requireDecision } from './order-response.js';

/** How answers write that a line stays as it was ordered: UN/EDIFACT 1229's codes, plain words. */
const KEPT = new Set(['5', '42', 'ACCEPTED', 'UNCHANGED']);
/** And that it is not accepted. */
const REFUSED = new Set(['7', '2', 'REJECTED', 'CANCELLED', 'REMOVED', 'NOT ACCEPTED']);

/**
 * The change that a document proposes to an order: an order change as it is, a supplier's amending response as the lines
 * that it answers otherwise than they were ordered. A line whose quantity alone is answered keeps its price. Throws
 * ORDER_RESPONSE_CONTRADICTS for a response that does not amend.
 */
export function proposedChange(order: OrderModel, document: OrderChangeModel | OrderResponseModel): OrderChangeModel {
  if (document.kind === 'ORDER_CHANGE') return document;
  requireDecision(document, 'CHANGED');
  const { orderNumbers, buyer, seller, currency } = document;
  const { number, issueDate } = order;
  const lines = document.lines.filter(({ status }) => !KEPT.has(wordOf(status))).map((line) => changed(order, line));
  return { kind: 'ORDER_CHANGE', number, issueDate, currency, orderNumbers, buyer, seller, lines };
}

const wordOf = (status: string | undefined): string => status?.trim().toUpperCase() ?? '';

function changed(order: OrderModel, { orderLine, status, ...answer }: AnsweredLineModel): ChangedLineModel {
  const id = orderLine ?? answer.id;
  if (REFUSED.has(wordOf(status))) return { ...answer, id, status: 'REMOVED' };
  const ordered = order.lines.find((line) => line.id === id);
  if (!ordered) return { ...answer, id };
  const { quantity = ordered.quantity, unit = ordered.unit, price = ordered.price } = answer;
  const priceQuantity = answer.price === undefined ? ordered.priceQuantity : answer.priceQuantity;
  const line = { ...ordered, quantity, unit, price, priceQuantity };
  return { ...line, amount: answer.amount ?? amountAt(ordered, quantity, answer.price === undefined) };
}

/** The ordered amount for another quantity, where that is exact to the digits that it has; else nobody knows. */
function amountAt({ amount, quantity: before }: PricedLineModel, quantity: string | undefined, samePrice: boolean) {
  if (!samePrice || amount === undefined || quantity === undefined || before === undefined) return undefined;
  if (Rational.parse(before).sign === 0) return undefined;
  const exact = Rational.parse(amount).times(Rational.parse(quantity)).over(Rational.parse(before));
  const digits = amount.split('.')[1]?.length ?? 0;
  return exact.round(digits).compare(exact) === 0 ? exact.toFixed(digits) : undefined;
}
