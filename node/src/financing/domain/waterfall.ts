import { Rational } from '../../kernel/rational.js';

/** What repaid money is used for, in this order (rule 8). */
export type Bucket = 'principal' | 'discount' | 'fees' | 'reserve';

/** What each bucket takes at most. Reserve: what the obligor owes beyond advance, discount and fees; it is the holder's. */
export type Due = Readonly<Record<Bucket, Rational>>;

/** Where money went; all five sum to what was repaid. */
export type Applied = Readonly<Record<Bucket | 'unapplied', Rational>>;

/** Uses `repaid` bucket by bucket; what no bucket takes stays unapplied. Throws RangeError when it is negative. */
export function applyRepaid(repaid: Rational, due: Due): Applied {
  if (repaid.sign < 0) throw new RangeError('repaid money cannot be negative');
  let left = repaid;
  const take = (most: Rational): Rational => {
    const taken = Rational.min(left, Rational.max(Rational.ZERO, most));
    left = left.minus(taken);
    return taken;
  };
  const principal = take(due.principal);
  const discount = take(due.discount);
  const fees = take(due.fees);
  const reserve = take(due.reserve);
  return { principal, discount, fees, reserve, unapplied: left };
}

/** Whether the lender has back all that it is owed: principal, discount and fees. */
export function fullyRepaid(repaid: Rational, due: Due): boolean {
  return repaid.compare(due.principal.plus(due.discount).plus(due.fees)) >= 0;
}
