import type { ContractName } from '../kernel/contract-events.generated.js';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { Block } from './block.js';
import type { ContractReads } from './contract-abis.generated.js';
import type { Log } from './log.js';
import type { Receipt } from './receipt.js';
import type { RpcRequest } from './rpc-endpoint.js';

/** `latest`, a block number, or a block's hash (then the call fails if that block is no longer in the chain). */
export type BlockTag = 'latest' | number | Hex;

export interface CallRequest {
  readonly from?: Address;
  readonly to: Address;
  readonly data: Hex;
}

/**
 * The chain through a list of JSON-RPC endpoints, the first that works and can be believed. Methods reject with
 * CHAIN_UNAVAILABLE when none is left, and with a {@link RpcError} when an endpoint refused the request itself.
 */
export abstract class ChainClient {
  /** The last block. */
  abstract head(): Promise<Block>;
  /** A block's header and the hashes of its transactions, or null beyond the head. The hash was recomputed. */
  abstract block(number: number): Promise<Block | null>;
  abstract blocks(from: number, to: number): Promise<Block[]>;
  /** Logs of the given accounts in a range of blocks, both ends included, in the chain's order. */
  abstract logs(from: number, to: number, addresses: readonly Address[]): Promise<Log[]>;
  abstract receipts(transactions: readonly Hex[]): Promise<(Receipt | null)[]>;
  /** Result of a call. Rejects with a {@link RpcError} that carries the revert's data. */
  abstract call(call: CallRequest, at?: BlockTag): Promise<Hex>;
  /** Calls a registry's view function; structs come as objects, numbers above 64 bits as bigint. */
  abstract read<C extends ContractName, F extends keyof ContractReads[C] & string>(
    contract: C,
    fn: F,
    args: ContractReads[C][F] extends { args: infer A } ? A : never,
    at?: BlockTag,
  ): Promise<ContractReads[C][F] extends { result: infer R } ? R : never>;
  /** Any requests in one round trip to one endpoint: results in their order, an RpcError in place of a refused one. */
  abstract batch(requests: readonly RpcRequest[]): Promise<unknown[]>;
}
