import type { ContractName } from '../kernel/contract-events.generated.js';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { Block } from './block.js';
import type { ContractReads } from './contract-abis.generated.js';
import type { EndpointStatus } from './endpoint-pool.js';
import type { Range } from './range-reader.js';
import type { Receipt } from './receipt.js';
import type { RpcRequest } from './rpc-endpoint.js';
import type { RpcError } from './rpc-error.js';
import type { SentTransaction } from './sent-transaction.js';

/** `latest`, a block number, or a block's hash (then the call fails once that block has left the chain). */
export type BlockTag = 'latest' | number | Hex;

export interface CallRequest {
  readonly from?: Address;
  readonly to: Address;
  readonly data: Hex;
}

/** Where an account's transactions stand, all of it as one endpoint sees it. */
export interface AccountStanding {
  /** Count of the account's included transactions: the next nonce that the chain takes. */
  readonly nonce: number;
  /** For each transaction asked for what became of it, or null while it is in no block. */
  readonly receipts: readonly (Receipt | null)[];
}

/**
 * The chain through a list of JSON-RPC endpoints: the first that works and can be believed. Methods reject with
 * CHAIN_UNAVAILABLE when none is left, and with a {@link RpcError} when the request itself was refused.
 */
export abstract class ChainClient {
  /** The last block; never before one that was noted, unless the chain really lost blocks. */
  abstract head(): Promise<Block>;
  /** Remembers that the chain has been as far as `block`, which the index has: who lags behind it is passed over. */
  abstract noteSeen(block: number): void;
  /** A block's header, its hash recomputed; null beyond the head. */
  abstract block(number: number): Promise<Block | null>;
  /** Headers and this deployment's logs, each log proven as {@link RangeReader} says; both ends included. */
  abstract range(from: number, to: number): Promise<Range>;
  /** The same of many blocks that hold much, for half the work: most logs are believed as told. */
  abstract rangeInBulk(from: number, to: number): Promise<Range>;
  /** The same as `range` of one block whose header is known, as the head's is: a block without anything of ours takes no request. */
  abstract rangeOf(block: Block): Promise<Range>;
  abstract standing(account: Address, transactions: readonly Hex[]): Promise<AccountStanding>;
  /** Those of these hashes, which the chain has, as their senders signed them; null for one in another form than nodes sign. */
  abstract transactions(hashes: readonly Hex[]): Promise<(SentTransaction | null)[]>;
  /** Gas that each call would take on top of the last block, or why the chain would refuse it. */
  abstract estimate(calls: readonly CallRequest[]): Promise<(number | RpcError)[]>;
  /** Hands raw transactions on, in their order; for each what the endpoint has against it, or null. */
  abstract send(raw: readonly Hex[]): Promise<(RpcError | null)[]>;
  abstract call(call: CallRequest, at?: BlockTag): Promise<Hex>;
  /** Calls a registry's view function: one value, or several as a list; structs are objects, integers above 64 bits bigint. */
  abstract read<C extends ContractName, F extends keyof ContractReads[C] & string>(
    contract: C,
    fn: F,
    args: ContractReads[C][F] extends { args: infer A } ? A : never,
    at?: BlockTag,
  ): Promise<ContractReads[C][F] extends { result: infer R } ? R : never>;
  /** Any requests to one endpoint: results in their order, an RpcError in place of a refused one. Nothing is checked. */
  abstract batch(requests: readonly RpcRequest[]): Promise<unknown[]>;
  /** Has endpoints that nothing was asked of since the last time show that they would serve, so that {@link status} is of now. */
  abstract tryIdleEndpoints(): Promise<void>;
  /** How the endpoints do, in their order. */
  abstract status(): EndpointStatus[];
}
