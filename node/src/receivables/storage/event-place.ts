import type { EventName, EventRecord } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { EventRef } from '../domain/event-ref.js';

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

/** The event that happened there, for readers outside of storage. */
export function refOf<P extends EventPlace | null>(name: EventName, object: Hex, place: P): EventRef | (P & null) {
  if (place === null) return place as P & null;
  const { block, log, tx, at } = place as EventPlace;
  return { name, object, block, logIndex: log, tx, at };
}
