import type { OrderStatus } from './order-status.js';
import type { Party } from './party.js';

/** Who may do an act to an order, in which states, and what becomes of it. */
export interface ActRule {
  readonly by: readonly Party[];
  readonly from: readonly OrderStatus[];
  /** The state afterwards; absent when the act leaves it as it is. */
  readonly to?: OrderStatus;
  /** Whether it is an answer to an offer, or a call-off of a framework contract, which lapses at its expiry. */
  readonly lapses?: true;
}

const BUYER: readonly Party[] = ['BUYER'];
const SUPPLIER: readonly Party[] = ['SUPPLIER'];
const EITHER: readonly Party[] = ['BUYER', 'SUPPLIER'];

/**
 * The life of an order as the contract decides it (DOMAIN.md, States; rules 3 and 6). `cancel` and `complete` take
 * effect when both sides have said so: the first word proposes and leaves the state. Answers to a proposal are not here:
 * they depend on the proposal, which each end of an order voids. `callOff` is done to framework contracts alone, `appoint` and what is
 * recorded, invoiced or lent to all other orders alone.
 */
export const ORDER_ACTS = {
  accept: { by: SUPPLIER, from: ['POSTED'], to: 'ACCEPTED', lapses: true },
  reject: { by: SUPPLIER, from: ['POSTED'], to: 'REJECTED', lapses: true },
  withdraw: { by: BUYER, from: ['POSTED'], to: 'WITHDRAWN', lapses: true },
  expire: { by: EITHER, from: ['POSTED'], to: 'EXPIRED' },
  cancel: { by: EITHER, from: ['ACCEPTED'], to: 'CANCELLED' },
  complete: { by: EITHER, from: ['ACCEPTED'], to: 'COMPLETED' },
  proposeChange: { by: EITHER, from: ['ACCEPTED'] },
  callOff: { by: BUYER, from: ['ACCEPTED'], lapses: true },
  appoint: { by: EITHER, from: ['ACCEPTED', 'COMPLETED'] },
} as const satisfies Record<string, ActRule>;

export type OrderAct = keyof typeof ORDER_ACTS;
