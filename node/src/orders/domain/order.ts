import type { Hex } from '../../kernel/hex.js';
import type { OrderType } from './order-type.js';
import type { OrderStatus } from './order-status.js';
import type { Parties } from './party.js';

/** An order as of the indexed head. Times are block times in seconds. */
export interface Order extends Parties {
  readonly id: Hex;
  readonly status: OrderStatus;
  readonly type: OrderType;
  /** Framework contract that it calls off. */
  readonly framework: Hex | null;
  readonly version: number;
  readonly coverVersion: number;
  /** Root of the current version's fields, and of version 1's, which the id commits to. */
  readonly commitment: Hex;
  readonly firstCommitment: Hex;
  readonly tag: Hex;
  /** Commitment to the reason of a rejection; zero when none was given. */
  readonly rejection: Hex | null;
  /** Last second at which it can be accepted, and a framework contract called off. */
  readonly expiry: number;
  /** Member that has proposed to cancel or complete it. */
  readonly cancelProposedBy: number | null;
  readonly completeProposedBy: number | null;
  /** Version whose change awaits an answer. */
  readonly pendingVersion: number | null;
  readonly encumbered: boolean;
  readonly encumberedDescendants: number;
  /** Head of the fulfilment log, zero while it is empty, and its length. */
  readonly head: Hex;
  readonly entries: number;
  readonly postedBlock: number;
  readonly postedAt: number;
  readonly changedBlock: number;
  readonly changedAt: number;
  /** Root of the batch that it was posted in, null for one posted alone. */
  readonly batch: Hex | null;
}
