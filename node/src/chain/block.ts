import type { Hex } from '../kernel/hex.js';

/** What the node needs of a block's header. */
export interface Block {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** Seconds. */
  readonly timestamp: number;
  readonly logsBloom: Hex;
  readonly gasLimit: number;
  /** Wei a unit of gas; 0 where the chain has no base fee. */
  readonly baseFee: bigint;
}
