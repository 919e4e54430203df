/** The two sides of an order. */
export type Party = 'BUYER' | 'SUPPLIER';

/** Who the sides are: member ids. */
export interface Parties {
  readonly buyer: number;
  readonly supplier: number;
}

/** The side that `member` is, if it is one. */
export function partyOf(order: Parties, member: number): Party | undefined {
  if (order.buyer === member) return 'BUYER';
  return order.supplier === member ? 'SUPPLIER' : undefined;
}

/** The member on the other side than `member`'s. */
export function counterpartyOf(order: Parties, member: number): number {
  return order.buyer === member ? order.supplier : order.buyer;
}
