import { Rational } from '../../kernel/rational.js';
import type { ConfirmationScope } from './confirmation-scope.js';

export interface CreditedAmount {
  readonly amount: Rational;
  /** Whether it is at the cost of another than its issuer: a lender that held the claim when it was included, the holder of a part of a split. */
  readonly othersClaim: boolean;
}

export interface DebtFacts {
  /** What the invoice bills by this claim; what was confirmed where it is not known. */
  readonly billed: Rational;
  readonly confirmed: Rational;
  readonly scope: ConfirmationScope;
  readonly credits: readonly CreditedAmount[];
  /** Amounts of acknowledged payments. */
  readonly paid: readonly Rational[];
}

/**
 * What the obligor still owes: what the invoice bills less what is credited, at most what was confirmed, less payments; never below 0.
 * A credit note corrects the invoice, so it first takes up what was billed and never confirmed: who confirmed 96.75 of 107.50 owes as
 * much after the 10.75 that did not come are credited (docs/adr/0098). One at the cost of another counts for nothing where the
 * confirmation waived the defences of the contract: then supplier and obligor cannot lower the debt alone (rule 3).
 */
export function outstandingDebt({ billed, confirmed, scope, credits, paid }: DebtFacts): Rational {
  const counting = credits.filter(({ othersClaim }) => !(othersClaim && scope.waivesDefences));
  const credited = Rational.sum(counting.map(({ amount }) => amount));
  const owed = Rational.min(confirmed, Rational.max(billed, confirmed).minus(credited));
  return Rational.max(Rational.ZERO, owed.minus(Rational.sum(paid)));
}
