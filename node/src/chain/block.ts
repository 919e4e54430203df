import { type RpcHeader } from '../kernel/block-header.js';
import type { Hex } from '../kernel/hex.js';
import { isHashOf } from './block-hash.js';
import { EndpointError } from './rpc-error.js';

/** What the node needs of a block. */
export interface Block {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** Seconds. */
  readonly timestamp: number;
  readonly logsBloom: Hex;
  readonly receiptsRoot: Hex;
  readonly gasLimit: number;
  /** Wei a unit of gas; 0 where the chain has no base fee. */
  readonly baseFee: bigint;
}

export interface RpcBlock extends RpcHeader {
  readonly hash: Hex;
}

/** Reads a block that an endpoint described. Throws NOT_BELIEVED when its fields do not hash to its hash. */
export function readBlock(raw: RpcBlock): Block {
  let genuine: boolean;
  try {
    genuine = isHashOf(raw.hash, raw);
  } catch {
    throw new EndpointError('MALFORMED', 'described a block without all of its header');
  }
  const number = Number(raw.number);
  if (!genuine) throw new EndpointError('NOT_BELIEVED', `block ${number} does not hash to ${raw.hash}`);
  return {
    number,
    hash: raw.hash,
    parentHash: raw.parentHash,
    timestamp: Number(raw.timestamp),
    logsBloom: raw.logsBloom,
    receiptsRoot: raw.receiptsRoot,
    gasLimit: Number(raw.gasLimit),
    baseFee: BigInt(raw.baseFeePerGas ?? 0),
  };
}
