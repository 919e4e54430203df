import { Rational } from '../../kernel/rational.js';

const BASIS_POINTS = Rational.of(10_000);

/**
 * What may be advanced on an order before delivery: its accepted version's value, less what is claimed on it already,
 * times the policy's rate in basis points, rounded down to the minor unit, less what is already advanced on it (rule 5).
 * Never below 0.
 */
export function orderCover(left: Rational, rateBps: number, advanced: Rational, minorDigits: number): Rational {
  const most = left.times(Rational.of(rateBps)).over(BASIS_POINTS).floor(minorDigits);
  return Rational.max(Rational.ZERO, most.minus(advanced));
}
