import type { Hex } from '../kernel/hex.js';

/** What became of an included transaction. */
export interface Receipt {
  readonly tx: Hex;
  readonly block: number;
  readonly blockHash: Hex;
  readonly succeeded: boolean;
  readonly gasUsed: number;
}
