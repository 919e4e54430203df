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
 * that it answers otherwise than they were ordered, and the dates that it promises. A line whose quantity alone is answered keeps its
 * price; one for which something else is delivered is of that. Throws ORDER_RESPONSE_CONTRADICTS for a response that does not amend.
 */
export function proposedChange(order: OrderModel, document: OrderChangeModel | OrderResponseModel): OrderChangeModel {
  if (document.kind === 'ORDER_CHANGE') return document;
  requireDecision(document, 'CHANGED');
  const { orderNumbers, buyer, seller, currency, deliverFrom, deliverUntil } = document;
  const { number, issueDate } = order;
  const amended = document.lines.filter(({ status, substitute }) => substitute || !KEPT.has(wordOf(status)));
  const lines = amended.map((line) => changed(order, line));
  const period = { deliverFrom, deliverUntil };
  return { kind: 'ORDER_CHANGE', number, issueDate, currency, orderNumbers, buyer, seller, ...period, lines };
}

const wordOf = (status: string | undefined): string => status?.trim().toUpperCase() ?? '';

function changed(order: OrderModel, { orderLine, status, substitute, ...own }: AnsweredLineModel): ChangedLineModel {
  const id = orderLine ?? own.id;
  const answer = substitute ? inItsPlace(own, substitute) : own;
  if (REFUSED.has(wordOf(status))) return { ...answer, id, status: 'REMOVED' };
  const ordered = order.lines.find((line) => line.id === id);
  if (!ordered) return { ...answer, id };
  const { quantity = ordered.quantity, unit = ordered.unit, price = ordered.price } = answer;
  const priceQuantity = answer.price === undefined ? ordered.priceQuantity : answer.priceQuantity;
  const amount = answer.amount ?? amountAt(ordered, quantity, answer.price === undefined);
  // Not whatever else the ordered line has: its status would say of this one that it is taken out.
  return { id, item: substitute?.item ?? ordered.item, quantity, unit, price, priceQuantity, amount };
}

/** What is answered with a substitute: what that states, and of the line whose place it takes what can still be so. */
function inItsPlace({ amount, priceQuantity, ...own }: PricedLineModel, substitute: PricedLineModel): PricedLineModel {
  const { quantity, price } = substitute;
  return {
    ...own,
    ...(price === undefined && { priceQuantity }),
    ...(price === undefined && quantity === undefined && { amount }),
    ...stated(substitute),
  };
}

/** Its members that are there. */
const stated = (line: PricedLineModel): PricedLineModel =>
  Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined)) as unknown as PricedLineModel;

/** The ordered amount for another quantity, where that is exact to the digits that it has; else nobody knows. */
function amountAt({ amount, quantity: before }: PricedLineModel, quantity: string | undefined, samePrice: boolean) {
  if (!samePrice || amount === undefined || quantity === undefined || before === undefined) return undefined;
  if (Rational.parse(before).sign === 0) return undefined;
  const exact = Rational.parse(amount).times(Rational.parse(quantity)).over(Rational.parse(before));
  const digits = amount.split('.')[1]?.length ?? 0;
  return exact.round(digits).compare(exact) === 0 ? exact.toFixed(digits) : undefined;
}
