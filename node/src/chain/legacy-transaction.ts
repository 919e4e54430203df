import { RLP } from '@ethereumjs/rlp';
import { toBytes, toHex } from '../kernel/hex.js';
import { keccak256 } from '../kernel/keccak.js';
import type { SignedTransaction, TransactionRequest } from './account.js';
import type { CompactSignature } from './signer.js';

/** A transaction in legacy form: the one that every client takes at gas price 0. */
export class LegacyTransaction {
  readonly #fields: (number | bigint | Uint8Array)[];
  readonly #chainId: number;

  constructor({ chainId, nonce, to, data, gasLimit, gasPrice = 0n }: TransactionRequest) {
    this.#fields = [nonce, gasPrice, gasLimit, toBytes(to), 0, toBytes(data)];
    this.#chainId = chainId;
  }

  /** What is hashed and signed (EIP-155). */
  unsigned(): Uint8Array {
    return RLP.encode([...this.#fields, this.#chainId, 0, 0]);
  }

  signed({ compact, bit }: CompactSignature): SignedTransaction {
    const integers = [compact.subarray(0, 32), compact.subarray(32)].map(withoutLeadingZeros);
    const raw = RLP.encode([...this.#fields, this.#chainId * 2 + 35 + bit, ...integers]);
    return { raw: toHex(raw), hash: toHex(keccak256(raw)) };
  }
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first > 0 ? bytes.subarray(first) : bytes;
}
