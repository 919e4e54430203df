import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** An entry of a fulfilment log. `entry` is its hash; `position` its place in the log, from 0. */
export interface ChainMilestone {
  readonly order_id: Hex;
  readonly entry: Hex;
  readonly position: number;
  readonly kind: number;
  readonly author: number;
  readonly commitment: Hex;
  /** Zero for none. */
  readonly supersedes: Hex;
  /** The entry that was corrected first; its own hash when it corrects none. Of those with one origin the last counts. */
  readonly origin: Hex;
  readonly recorded_at: number;
  /** The log's head after it. */
  readonly head: Hex;
  readonly block: number;
  readonly log_index: number;
  readonly tx: Hex;
}

export const chainMilestones = defineChainTable<ChainMilestone>({
  name: 'chain_milestones',
  key: ['order_id', 'entry'],
  columns: {
    order_id: 'bytea',
    entry: 'bytea',
    position: 'int8',
    kind: 'int4',
    author: 'int8',
    commitment: 'bytea',
    supersedes: 'bytea',
    origin: 'bytea',
    recorded_at: 'int8',
    head: 'bytea',
    block: 'int8',
    log_index: 'int4',
    tx: 'bytea',
  },
});
