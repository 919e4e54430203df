import type { Hex } from '../../kernel/hex.js';

/** An entry of an order's fulfilment log, as the chain has it. */
export interface LogEntry {
  readonly order: Hex;
  /** Place in the log, from 0. */
  readonly index: number;
  /** Number of the kind. */
  readonly kind: number;
  /** Member that added it. */
  readonly author: number;
  /** Root of the fields of its document. */
  readonly commitment: Hex;
  /** Hash of the entry that it corrects, zero for none. */
  readonly supersedes: Hex;
  /** Block time, in seconds. */
  readonly recordedAt: number;
}
