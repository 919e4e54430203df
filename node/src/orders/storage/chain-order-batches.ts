import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** A batch of orders as the chain has it: what is in it, only its two parties know. Times are block times in seconds. */
export interface ChainOrderBatch {
  readonly buyer: number;
  readonly root: Hex;
  readonly supplier: number;
  /** What the supplier accepted, null until it has answered. */
  readonly bitmap: Hex | null;
  readonly posted_block: number;
  readonly posted_log: number;
  readonly posted_at: number;
  readonly answered_block: number | null;
  readonly answered_at: number | null;
}

export const chainOrderBatches = defineChainTable<ChainOrderBatch>({
  name: 'chain_order_batches',
  key: ['buyer', 'root'],
  columns: {
    buyer: 'int8',
    root: 'bytea',
    supplier: 'int8',
    bitmap: 'bytea',
    posted_block: 'int8',
    posted_log: 'int4',
    posted_at: 'int8',
    answered_block: 'int8',
    answered_at: 'int8',
  },
});
