import type { Hex } from '../../kernel/hex.js';
import { REWOUND } from './event-types.js';
import type { Position } from './position.js';

/** One event as the stream tells it. */
export interface StreamEvent {
  /** where a client is that has received it */
  readonly position: Position;
  /** name of the contract's event; `chain.rewound`; or of this node's own, e.g. `order.document.received` */
  readonly type: string;
  /** id of what it is about, if it is about one thing */
  readonly object: Hex | null;
  /** JSON of an object that has something: passed on as it was read, since each stream tells each event. */
  readonly data: string;
}

/** Which events a client wants; all without. */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly object?: Hex;
}

/** Rewinds pass every filter: they take back events that did. */
export function passes({ type, object }: StreamEvent, filter: EventFilter): boolean {
  if (type === REWOUND) return true;
  if (filter.types && !filter.types.includes(type)) return false;
  return !filter.object || filter.object === object;
}

/** The event in the form of text/event-stream. */
export function toFrame(id: string, { type, object, data }: StreamEvent): string {
  const first = JSON.stringify({ id, type, object }).slice(0, -1);
  return `id: ${id}\nevent: ${type}\ndata: ${first},${data.slice(1)}\n\n`;
}
