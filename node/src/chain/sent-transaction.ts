import { type Hex, parseHex, toBytes } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { keccak256 } from '../kernel/keccak.js';
import { recoverCompact } from '../kernel/recover.js';
import type { SignedTransaction } from './account.js';
import { LegacyTransaction } from './legacy-transaction.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { EndpointError, RpcError } from './rpc-error.js';

/** A transaction as its sender signed it: whatever an endpoint says of it was hashed and its sender recovered again. */
export interface SentTransaction extends SignedTransaction {
  readonly from: Address;
  readonly nonce: number;
  readonly to: Address;
  readonly data: Hex;
}

interface RpcTransaction {
  readonly type?: Hex;
  readonly to: Address | null;
  readonly value: Hex;
  readonly input: Hex;
  readonly nonce: Hex;
  readonly gas: Hex;
  readonly gasPrice: Hex;
  readonly v: Hex;
  readonly r: Hex;
  readonly s: Hex;
}

/** EIP-155: v is twice the chain's id, and 35 or 36. */
const FIRST_V = 35;

/**
 * The transactions of these hashes, which the chain has, in their order; null for one in another form than nodes sign. One
 * that the endpoint lacks makes it one that is behind.
 */
export async function readTransactions(
  endpoint: RpcEndpoint,
  hashes: readonly Hex[],
): Promise<(SentTransaction | null)[]> {
  const results = await endpoint.batch(hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })));
  return results.map((raw, index) => {
    if (raw instanceof RpcError) throw raw;
    if (!raw) throw new EndpointError('BEHIND', `has no transaction ${hashes[index]!}`);
    return read(raw as RpcTransaction, hashes[index]!);
  });
}

function read(raw: RpcTransaction, hash: Hex): SentTransaction | null {
  try {
    return readTransaction(raw, hash);
  } catch (error) {
    if (error instanceof EndpointError) throw error;
    throw new EndpointError('MALFORMED', `describes transaction ${hash} in a form of its own`);
  }
}

function readTransaction(raw: RpcTransaction, hash: Hex): SentTransaction | null {
  const [to, v] = [raw.to, Number(raw.v)];
  if (!to || Number(raw.type ?? 0) !== 0 || BigInt(raw.value) !== 0n || v < FIRST_V) return null;
  const [nonce, data, bit] = [Number(raw.nonce), parseHex(raw.input), (v - FIRST_V) % 2];
  const call = { nonce, to: parseHex(to, 20) as Address, data };
  const chainId = (v - FIRST_V - bit) / 2;
  const gas = { gasLimit: Number(raw.gas), gasPrice: BigInt(raw.gasPrice) };
  const transaction = new LegacyTransaction({ ...call, chainId, ...gas });
  const compact = Buffer.concat([raw.r, raw.s].map(word));
  const signed = transaction.signed({ compact, bit });
  const from = recoverCompact(keccak256(transaction.unsigned()), compact, bit);
  if (signed.hash !== hash || !from) throw new EndpointError('NOT_BELIEVED', `gave another transaction for ${hash}`);
  return { ...call, ...signed, from };
}

const word = (quantity: Hex): Buffer => toBytes(`0x${quantity.slice(2).padStart(64, '0')}`);
