import type { BlockRef } from './index-head.js';
import type { ChainTableShape } from './chain-table.js';

/** What is written of one table. */
export interface WrittenChange {
  readonly table: ChainTableShape;
  /** As COPY takes them. */
  readonly inserts: Buffer;
  readonly updates: readonly Readonly<Record<string, unknown>>[];
}

/** What a batch's events do to the tables. */
export interface Outcome {
  readonly changes: readonly WrittenChange[];
  /** For indexer_undo, as COPY takes it: what they overwrote, as far as it may be rewound. */
  readonly undo: Buffer;
}

/** A range of blocks as it is written: all of it in one transaction, with the checkpoint that it moves. */
export interface Batch {
  /** Where the checkpoint must stand for the batch to fit. */
  readonly after: BlockRef;
  readonly to: BlockRef;
  /** For chain_events, as COPY takes them. */
  readonly events: Buffer;
  readonly eventCount: number;
  /** Worked out while the events are taken in. Whoever made the batch sees to it that a rejection is not unhandled. */
  readonly outcome: Promise<Outcome>;
  /** Blocks young enough to be rewound. */
  readonly blocks: readonly BlockRef[];
  /** Blocks and images before this one are no longer kept. */
  readonly keepFrom: number;
}
