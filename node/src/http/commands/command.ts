import type { LookEntry } from '../../audit/index.js';
import type { Principal } from '../../auth/principal.js';
import type { GatedCommand } from '../ports.js';
import type { Made } from '../idempotency/store.js';
import type { Slot } from '../idempotency/slot.js';

/** A write as it came in, without the web framework. */
export interface Command {
  readonly slot?: Slot;
  readonly principal?: Principal;
  /** `POST /v1/orders/:id/acceptance`, for the audit log. */
  readonly action: string;
  /** Id in the path, if any: what the write is about. */
  readonly object?: string;
  /** What the gate decides on; absent for a caller without a credential. */
  readonly gated?: GatedCommand;
  readonly requestId: string;
  /** Status of a final answer once the chain has agreed: 201, or 200 where nothing is created. */
  readonly success: number;
  /** Seconds to wait for the chain. */
  readonly wait: number;
  /** Runs the route; the result is an Accepted, a Done or anything else that the route answers with. */
  run(): Promise<unknown>;
  /** What was shown by then, each look once: an answer that is kept for repeats is not kept without them. */
  takenLooks(): LookEntry[];
  /** Gives the resource that an accepted command made. */
  load(made: Made): Promise<unknown>;
}
