import type { Hex } from '../kernel/hex.js';

/** A log as JSON-RPC gives it, quantities in hex: it is read by position, so nothing is converted for all of them. */
export interface Log {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: Hex;
}
