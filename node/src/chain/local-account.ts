import { type Hex, toHex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { keccak256 } from '../kernel/keccak.js';
import { addressOfPublicKey } from '../kernel/recover.js';
import type { Account, SignedTransaction, TransactionRequest } from './account.js';
import { LegacyTransaction } from './legacy-transaction.js';
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

  signTransaction(request: TransactionRequest): SignedTransaction {
    const transaction = new LegacyTransaction(request);
    return transaction.signed(sign(keccak256(transaction.unsigned()), this.#key));
  }

  signMessage(message: Uint8Array): Hex {
    const { compact, bit } = sign(keccak256(message), this.#key);
    return toHex(Buffer.concat([compact, Uint8Array.of(27 + bit)]));
  }
}
