import type { BlockRef } from './index-head.js';
import type { ChainTableShape } from './chain-table.js';
import type { BeforeImage } from './row-cache.js';

/** What is written of one table. */
export interface WrittenChange {
  readonly table: ChainTableShape;
  /** As COPY takes them. */
  readonly inserts: Buffer;
  readonly updates: readonly Readonly<Record<string, unknown>>[];
}

/** A range of blocks as it is written: all of it in one transaction, with the checkpoint that it moves. */
export interface Batch {
  /** Where the checkpoint must stand for the batch to fit. */
  readonly after: BlockRef;
  readonly to: BlockRef;
  /** For chain_events, as COPY takes them. */
  readonly events: Buffer;
  readonly eventCount: number;
  readonly changes: readonly WrittenChange[];
  /** Blocks young enough to be rewound, and what their events overwrote. */
  readonly blocks: readonly BlockRef[];
  readonly images: readonly BeforeImage[];
  /** Blocks and images before this one are no longer kept. */
  readonly keepFrom: number;
}
