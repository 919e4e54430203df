import type { Hex } from '../../kernel/hex.js';
import type { PaperSubject } from '../../receivables/index.js';
import type { Financing } from '../domain/financing.js';

/** What statements about a financing are bound to: its order, or its receivable with the orders behind it. */
export function paperSubject({ object, onOrder }: Financing, orders: readonly Hex[]): PaperSubject {
  return onOrder ? { orders: [object] } : { orders, receivable: object };
}
