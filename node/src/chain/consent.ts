import type { Hex } from '../kernel/hex.js';

/** One party's single-use agreement to one act on one object (EIP-712 under the domain of the registry that acts). */
export interface Consent {
  readonly object: Hex;
  /** keccak256 of the act's name, see {@link consentAct}. */
  readonly act: Hex;
  /** keccak256 of the ABI-encoded parameters of the act. */
  readonly details: Hex;
  /** 32 random bytes; each is accepted once for a signer. */
  readonly nonce: Hex;
  /** Block time (seconds) from which it is refused: CONSENT_EXPIRED. */
  readonly deadline: number;
  /** The object's counter at which it was given; another one makes it stale: CONSENT_STALE. */
  readonly coverVersion: number;
}
