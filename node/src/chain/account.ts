import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';

/** A transaction to be signed. Gas is free on the consortium's chain: fees are given only where a base fee asks for one. */
export interface TransactionRequest {
  readonly chainId: number;
  readonly nonce: number;
  readonly to: Address;
  readonly data: Hex;
  readonly gasLimit: number;
  /** Wei a unit of gas; 0 by default. */
  readonly gasPrice?: bigint;
}

/** A raw transaction (EIP-155) and its hash. */
export interface SignedTransaction {
  readonly raw: Hex;
  readonly hash: Hex;
}

/** A key pair that sends transactions and signs consents; the key itself never leaves the chain room. One at a signer answers later, or rejects with SIGNER_UNAVAILABLE. */
export interface Account {
  readonly address: Address;
  /** For a one-time account the object that it was made for, else null. */
  readonly object: Hex | null;
  signTransaction(transaction: TransactionRequest): SignedTransaction | Promise<SignedTransaction>;
  /** 65 bytes r, s (low), v (27 or 28) over the hash of an EIP-712 message (see typedData). */
  signMessage(message: Uint8Array): Hex | Promise<Hex>;
}
