import type { Hex } from '../../kernel/hex.js';

/** The event on chain that a figure comes from, so that whoever reads the figure can look it up. */
export interface EventRef {
  readonly name: string;
  /** The order or receivable that it is about. */
  readonly object: Hex;
  readonly block: number;
  readonly logIndex: number;
  readonly tx: Hex;
  /** Block time, in seconds. */
  readonly at: number;
}

/** Sorts by the chain's order. */
export function compareEvents(a: EventRef, b: EventRef): number {
  return a.block - b.block || a.logIndex - b.logIndex;
}
