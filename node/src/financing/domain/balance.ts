import { Rational } from '../../kernel/rational.js';
import type { Price } from './price.js';
import { type Applied, applyRepaid, type Due } from './waterfall.js';

/** What was advanced, what is due for it, and how what was repaid was used (rule 8). */
export interface Balance {
  readonly due: Due;
  readonly applied: Applied;
  /** Principal, discount and fees still due to the lender. */
  readonly owed: Rational;
}

/**
 * The balance of an advance. `claim` is what the obligor undertook to pay, null for an order: what of it is beyond
 * advance, discount and fees is the holder's reserve.
 */
export function balanceOf(advance: Rational, price: Price, claim: Rational | null, repaid: Rational): Balance {
  const lenders = advance.plus(price.discount).plus(price.fees);
  const reserve = claim ? Rational.max(Rational.ZERO, claim.minus(lenders)) : Rational.ZERO;
  const due: Due = { principal: advance, ...price, reserve };
  const applied = applyRepaid(repaid, due);
  const paid = applied.principal.plus(applied.discount).plus(applied.fees);
  return { due, applied, owed: lenders.minus(paid) };
}
