import type { Hex } from '../../kernel/hex.js';

/** What an obligor's node says of an invoice's fingerprint. REFUSED says that it does not say. */
export const FINGERPRINT_OUTCOMES = ['FREE', 'TAKEN', 'REFUSED'] as const;
export type FingerprintOutcome = (typeof FINGERPRINT_OUTCOMES)[number];

/** Advice, not a reservation: only the confirmation takes a fingerprint. */
export interface FingerprintAnswer {
  readonly outcome: FingerprintOutcome;
  /** Why it is refused. */
  readonly code: string | null;
  /** Which of the receivable's orders bear a number whose tag another order has taken. */
  readonly takenOrders: readonly Hex[];
  /** Indexed head of the obligor's node. */
  readonly block: number;
}

/** Checks that one member is answered an hour: more would make an oracle for guesses of it. */
export const CHECKS_AN_HOUR = 60;
