import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';

/** A log as the endpoint gave it, numbers parsed. */
export interface Log {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly block: number;
  readonly blockHash: Hex;
  readonly logIndex: number;
  readonly tx: Hex;
}
