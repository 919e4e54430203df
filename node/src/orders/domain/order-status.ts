/** States of an order (DOMAIN.md), in the order of the contract's numbers; NONE, its 0, is no order. */
export const ORDER_STATUSES = [
  'POSTED',
  'ACCEPTED',
  'REJECTED',
  'WITHDRAWN',
  'EXPIRED',
  'CANCELLED',
  'COMPLETED',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** States in which the buyer still stands by the order, so that a second one of the same number would double it. */
const STANDING: readonly OrderStatus[] = ['ACCEPTED', 'COMPLETED'];

/** Whether the buyer stands by the order at block time `now` (seconds): an offer, until it lapses, or what came of it. */
export function isStanding(order: { readonly status: OrderStatus; readonly expiry: number }, now: number): boolean {
  return STANDING.includes(order.status) || (order.status === 'POSTED' && now <= order.expiry);
}
