import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** A Merkle batch of evidence that a member anchored. */
export interface AnchorRow {
  readonly member: number;
  /** place in the member's chain of batches */
  readonly batch: number;
  readonly root: Hex;
  readonly leaves: number;
  /** hash chain over the member's roots up to this one */
  readonly head: Hex;
  readonly anchored_block: number;
  /** seconds, of the block */
  readonly anchored_at: number;
}

export const chainAnchors = defineChainTable<AnchorRow>({
  name: 'chain_anchors',
  key: ['member', 'batch'],
  columns: {
    member: 'int4',
    batch: 'int8',
    root: 'bytea',
    leaves: 'int8',
    head: 'bytea',
    anchored_block: 'int8',
    anchored_at: 'int8',
  },
});
