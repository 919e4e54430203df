import type { Hex } from '../../kernel/hex.js';
import type { EventRecord } from '../../kernel/contract-events.generated.js';

/** Where in the chain something was said, as chain-derived rows keep it (jsonb). `at` is the block's time in seconds. */
export interface EventPlace {
  readonly block: number;
  readonly log: number;
  readonly tx: Hex;
  readonly at: number;
}

export function placeOf({ block, logIndex, tx, blockTime }: EventRecord): EventPlace {
  return { block, log: logIndex, tx, at: blockTime };
}

/** Sorts by the chain's order. */
export function comparePlaces(a: EventPlace, b: EventPlace): number {
  return a.block - b.block || a.log - b.log;
}
