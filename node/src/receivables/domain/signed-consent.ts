import type { Hex } from '../../kernel/hex.js';

/** A consent as the contract takes it; object, act and details it rebuilds itself. */
export interface SignedConsent {
  /** One-time account, or for an order an operator of its supplier. */
  readonly signer: Hex;
  /** 32 random bytes, good once. */
  readonly nonce: Hex;
  /** Last second, by block time. */
  readonly deadline: number;
  /** Of the object when it was given. */
  readonly coverVersion: number;
  readonly signature: Hex;
}

/** A lender's consent to an act that reaches its claim on `object`, as the contract takes it. */
export interface LenderConsent {
  readonly object: Hex;
  readonly consent: SignedConsent;
}
