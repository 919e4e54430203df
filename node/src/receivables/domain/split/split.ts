import type { Hex } from '../../../kernel/hex.js';
import type { ProblemRecord } from '../../../kernel/problem.js';
import type { OneTimeCertificate } from '../../../members/domain/one-time-certificate.js';
import type { SignedConsent } from '../signed-consent.js';
import type { PartTerms } from './part-terms.js';
import type { RecordedSplitStatus } from './states.js';

/** Whose node keeps this: the one that proposes, one that is to hold a part, or the one that owes. */
export type SplitSide = 'HOLDER' | 'NEW_HOLDER' | 'OBLIGOR';

/** A part as far as it is agreed. */
export interface SplitPart {
  /** Its place among the parts, from 0. */
  readonly index: number;
  /** Id that it will have. */
  readonly receivable: Hex;
  /** Member number of its new holder. */
  readonly holder: number;
  /** Null once they were erased. */
  readonly terms: PartTerms | null;
  /** With which the root of the terms' fields can be rebuilt; null once that was erased. */
  readonly seed: Hex | null;
  readonly root: Hex;
  /** The new holder's account for it and consent to take it, once accepted. */
  readonly certificate: OneTimeCertificate | null;
  readonly acceptance: SignedConsent | null;
}

/** A part of which all is here. */
export type WrittenPart = SplitPart & { readonly terms: PartTerms; readonly seed: Hex };

/** The parts of a split that goes on: what is erased is at its end, or never was. */
export function written<P extends SplitPart>(parts: readonly P[]): (P & WrittenPart)[] {
  return parts.map((part) => {
    if (!part.terms || !part.seed) throw new Error(`the terms of part ${part.receivable} were erased`);
    return { ...part, terms: part.terms, seed: part.seed };
  });
}

/** A proposed split as one of those who take part keeps it: a new holder has its own parts alone. Times are block times. */
export interface Split {
  readonly id: Hex;
  readonly side: SplitSide;
  /** What is to be split. */
  readonly receivable: Hex;
  /** Member number of its holder. */
  readonly proposer: number;
  readonly status: RecordedSplitStatus;
  readonly parts: readonly SplitPart[];
  /** Of the receivable when it was proposed: another one voids all consents. */
  readonly coverVersion: number;
  readonly expiresAt: number;
  /** The holder's consent to the whole, once it was given. */
  readonly consent: SignedConsent | null;
  /** The obligor's consent and its transaction, with its obligor alone. */
  readonly cosignature: SignedConsent | null;
  readonly submission: string | null;
  /** Why it came to nothing. */
  readonly refusal: ProblemRecord | null;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly version: number;
}
