import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import type { OneTimeCertificate } from '../../members/domain/one-time-certificate.js';
import type { SignedConsent } from '../../receivables/domain/signed-consent.js';
import type { RecordedStatus } from './derive-status.js';
import type { OfferTerms } from './offer.js';

/** Whose node keeps this: the one that asked for money, or the one that was asked. */
export type Side = 'HOLDER' | 'LENDER';

/** A lender's consent that another claim of its own, on an order, yields to this one. */
export interface YieldingConsent {
  readonly object: Hex;
  readonly consent: SignedConsent;
}

/** A lender's offer, ready to be agreed to. */
export interface Offer {
  readonly terms: OfferTerms;
  /** Commitment to the terms: what the reservation on chain bears. */
  readonly root: Hex;
  /** Says who acts under the lender's one-time account. */
  readonly certificate: OneTimeCertificate;
  readonly consent: SignedConsent;
  readonly firstLenders: readonly YieldingConsent[];
}

/** A financing as one of its two sides keeps it. Times are block times in seconds. */
export interface Financing {
  readonly id: Hex;
  readonly side: Side;
  /** Receivable or order. */
  readonly object: Hex;
  readonly onOrder: boolean;
  /** Member numbers. */
  readonly holder: number;
  readonly lender: number;
  readonly status: RecordedStatus;
  readonly requested: Money;
  /** The financing of an order whose place this one takes, when a receivable is born from that order; else null. */
  readonly rollsOver: Hex | null;
  /** Who holds the receivable under its one-time account; null for an order, whose holder is its supplier. */
  readonly holderCertificate: OneTimeCertificate | null;
  /** Whether the request left the holder's node; it waits until the buyer has tagged the order. */
  readonly sent: boolean;
  /** At the lender: documents without which it cannot judge the claim have not come yet. */
  readonly evidenceAwaited: boolean;
  readonly offer: Offer | null;
  /**
   * What the obligor undertook to pay, decimal text in the offer's currency, as the lender knew it when it offered: the grant under
   * which it was shown ends, what was lent on it stays the lender's to account for. Null for an order, and with its holder.
   */
  readonly claim: string | null;
  readonly declineReason: string | null;
  readonly disbursementReference: string | null;
  readonly releaseReason: string | null;
  readonly requestedAt: number;
  readonly changedAt: number;
  readonly version: number;
}

/** Money that the lender received, in the order of its receipt. */
export interface Repayment {
  readonly number: number;
  /** Decimal text in the offer's currency. */
  readonly amount: string;
  readonly reference: string;
  /** Block time in seconds when the lender recorded it. */
  readonly receivedAt: number;
}
