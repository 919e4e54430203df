import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** An order that a receivable was born from. */
export interface ChainReceivableOrder {
  readonly receivable: Hex;
  readonly order_id: Hex;
  /** 0-based place among the receivable's orders, as reservations must name them. */
  readonly place: number;
}

export const chainReceivableOrders = defineChainTable<ChainReceivableOrder>({
  name: 'chain_receivable_orders',
  key: ['receivable', 'order_id'],
  columns: { receivable: 'bytea', order_id: 'bytea', place: 'int4' },
});
