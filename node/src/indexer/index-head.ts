import type { Hex } from '../kernel/hex.js';

/** A block, as the indexer knows it. `timestamp` (seconds) is the clock for all deadlines. */
export interface BlockRef {
  readonly number: number;
  readonly hash: Hex;
  readonly timestamp: number;
}

/** The last block whose events are in this node's tables; the same on each of its processes. */
export abstract class IndexHead {
  /** Number -1 and time 0 before the first block is indexed. */
  abstract current(): BlockRef;
  /** Whether `block` is indexed within `ms` milliseconds. */
  abstract waitFor(block: number, ms: number): Promise<boolean>;
  /** Calls `listener` after each change, a rewind (lower number) included. Returns what ends it. */
  abstract onChange(listener: (head: BlockRef) => void): () => void;
}
