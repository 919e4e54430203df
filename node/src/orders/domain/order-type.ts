import type { Hex } from '../../kernel/hex.js';

/** A framework contract is posted, answered, changed and ended as an order is; nothing is delivered on it, invoiced or lent. */
export const ORDER_TYPES = ['ORDER', 'FRAMEWORK'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** What an order is to frameworks: one itself, a call-off of one, or neither. */
export interface Framing {
  readonly type: OrderType;
  /** The framework contract that it calls off. */
  readonly framework: Hex | null;
}
