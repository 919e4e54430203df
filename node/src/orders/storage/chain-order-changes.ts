import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** What became of a proposed version. One that is still PROPOSED when its order ends never takes effect. */
export type ChangeStatus = 'PROPOSED' | 'EFFECTIVE' | 'DECLINED';

/** The last proposal of a version above 1: a declined one gives way to the next of the same number. */
export interface ChainOrderChange {
  readonly order_id: Hex;
  readonly version: number;
  readonly commitment: Hex;
  readonly status: ChangeStatus;
  readonly proposed_by: number;
  readonly proposed_block: number;
  readonly proposed_at: number;
  readonly decided_block: number | null;
  readonly decided_at: number | null;
}

export const chainOrderChanges = defineChainTable<ChainOrderChange>({
  name: 'chain_order_changes',
  key: ['order_id', 'version'],
  columns: {
    order_id: 'bytea',
    version: 'int8',
    commitment: 'bytea',
    status: 'text',
    proposed_by: 'int8',
    proposed_block: 'int8',
    proposed_at: 'int8',
    decided_block: 'int8',
    decided_at: 'int8',
  },
});
