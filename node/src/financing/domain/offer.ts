import { dayOf } from '../../kernel/block-time.js';
import { minorUnits, positiveMoney, type Money } from '../../kernel/money.js';
import { defineProblem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { isDate } from '../../receivables/domain/documents/figures.js';
import type { EncumbranceKind } from '../../receivables/domain/states.js';
import type { DayCount } from './day-count.js';

const advanceExceedsCover = defineProblem({
  code: 'ADVANCE_EXCEEDS_COVER',
  status: 409,
  title: 'More would be advanced than is covered',
  rule: '5',
});
export const offerTermsInvalid = defineProblem({
  code: 'OFFER_TERMS_INVALID',
  status: 422,
  title: 'The terms of the offer are not possible',
});

/** A reservation holds for five days at most (DOMAIN.md, States). */
const RESERVATION_SECONDS = 5 * 86_400;

/** What a lender offers. Times are block times in seconds, rates basis points. */
export interface OfferTerms {
  readonly advance: Money;
  /** A year, on the advance. */
  readonly discountBps: number;
  /** Once, on the advance. */
  readonly feeBps: number;
  readonly dayCount: DayCount;
  /** ISO date until which discount is charged. */
  readonly repayBy: string;
  readonly recourse: boolean;
  readonly kind: EncumbranceKind;
  /** Last second at which the holder can agree. */
  readonly expiresAt: number;
  /** Last second at which the lender can disburse. */
  readonly disburseBy: number;
}

/**
 * Answers the terms with their advance in the one spelling that is signed and computed with ("80.00" for "+080"). Refuses terms
 * that cannot be: an advance that is no positive amount in the cover's currency (AMOUNT_INVALID, CURRENCY_MISMATCH) or above the
 * cover (ADVANCE_EXCEEDS_COVER), times that are past or further than five days, a `repayBy` that is no day or past (OFFER_TERMS_INVALID).
 */
export function requireOffer(terms: OfferTerms, cover: Money, now: number): OfferTerms {
  const advance = positiveMoney(terms.advance, cover.currency);
  const { amount, currency } = advance;
  const over = Rational.parse(amount).minus(Rational.parse(cover.amount));
  if (over.sign > 0) {
    const exceedsBy = over.toFixed(minorUnits(currency));
    throw advanceExceedsCover(`${amount} ${currency} is ${exceedsBy} more than the cover, ${cover.amount}`, {
      advance: amount,
      cover: cover.amount,
      exceedsBy,
      currency,
    });
  }
  const { expiresAt, disburseBy, repayBy } = terms;
  const refuse = (detail: string): never => {
    throw offerTermsInvalid(detail, { expiresAt, disburseBy, now });
  };
  if (!isDate(repayBy)) refuse('repayBy is a day, YYYY-MM-DD');
  if (repayBy < dayOf(now)) refuse('repayBy is not before today');
  if (expiresAt <= now) refuse('an offer expires after the present block time');
  if (disburseBy <= now) refuse('disburseBy is after the present block time');
  if (disburseBy > now + RESERVATION_SECONDS) refuse('a reservation holds for five days at most');
  return { ...terms, advance };
}

/** When the reservation lapses if the lender does not say: as late as can be. */
export const defaultDisburseBy = (now: number): number => now + RESERVATION_SECONDS;
