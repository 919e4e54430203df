import { RLP } from '@ethereumjs/rlp';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { keccak256 } from '../kernel/keccak.js';
import { addressOfPublicKey } from '../kernel/recover.js';
import type { Account, TransactionRequest } from './account.js';
import { publicKeyOf, sign } from './signer.js';

/** An account whose private key this process holds. */
export class LocalAccount implements Account {
  readonly address: Address;
  readonly #key: Uint8Array;

  constructor(
    key: Uint8Array,
    readonly object: Hex | null = null,
  ) {
    this.#key = key;
    this.address = addressOfPublicKey(publicKeyOf(key));
  }

  // Legacy form: the one that every client takes at gas price 0.
  signTransaction({ chainId, nonce, to, data, gasLimit, gasPrice = 0n }: TransactionRequest): { raw: Hex; hash: Hex } {
    const fields = [nonce, gasPrice, gasLimit, toBytes(to), 0, toBytes(data)];
    const { compact, bit } = sign(keccak256(RLP.encode([...fields, chainId, 0, 0])), this.#key);
    const integers = [compact.subarray(0, 32), compact.subarray(32)].map(withoutLeadingZeros);
    const raw = RLP.encode([...fields, chainId * 2 + 35 + bit, ...integers]);
    return { raw: toHex(raw), hash: toHex(keccak256(raw)) };
  }

  signDigest(digest: Hex): Hex {
    const { compact, bit } = sign(toBytes(digest), this.#key);
    return toHex(Buffer.concat([compact, Uint8Array.of(27 + bit)]));
  }
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first > 0 ? bytes.subarray(first) : bytes;
}
