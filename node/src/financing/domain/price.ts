import { Rational } from '../../kernel/rational.js';
import { type DayCount, yearFraction } from './day-count.js';

/** What decides what an advance costs. */
export interface PricingTerms {
  readonly advance: Rational;
  /** Basis points a year, on the advance. */
  readonly discountBps: number;
  /** Basis points once, on the advance. */
  readonly feeBps: number;
  readonly dayCount: DayCount;
  /** Decimals of the currency's minor unit. */
  readonly minorDigits: number;
}

export interface Price {
  readonly discount: Rational;
  readonly fees: Rational;
}

const BASIS_POINTS = Rational.of(10_000);

/**
 * What an advance from one ISO date to another costs: discount = advance x bps x year fraction, fees = advance x bps,
 * each rounded to the minor unit, halves up.
 */
export function priceAdvance(terms: PricingTerms, from: string, to: string): Price {
  const share = (bps: number): Rational => terms.advance.times(Rational.of(bps)).over(BASIS_POINTS);
  return {
    discount: share(terms.discountBps)
      .times(yearFraction(from, to, terms.dayCount))
      .round(terms.minorDigits),
    fees: share(terms.feeBps).round(terms.minorDigits),
  };
}
