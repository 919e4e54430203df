import type { Hex } from '../../kernel/hex.js';

/** The event on chain that a figure comes from, so that whoever reads the figure can look it up. */
export interface EventRef {
  readonly name: string;
  readonly object: Hex;
  readonly block: number;
  readonly logIndex: number;
  readonly tx: Hex;
}
