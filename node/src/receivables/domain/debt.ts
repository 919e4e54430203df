import { Rational } from '../../kernel/rational.js';
import type { ConfirmationScope } from './confirmation-scope.js';

export interface CreditedAmount {
  readonly amount: Rational;
  /** Whether it is at the cost of another than its issuer: a lender that held the claim when it was included, the holder of a part of a split. */
  readonly othersClaim: boolean;
}

export interface DebtFacts {
  readonly confirmed: Rational;
  readonly scope: ConfirmationScope;
  readonly credits: readonly CreditedAmount[];
  /** Amounts of acknowledged payments. */
  readonly paid: readonly Rational[];
}

/**
 * What the obligor still owes. A credit note lowers it, unless it is at the cost of another and the confirmation waived the
 * defences of the contract: then supplier and obligor cannot lower it alone (rule 3). Never below 0.
 */
export function outstandingDebt({ confirmed, scope, credits, paid }: DebtFacts): Rational {
  const counting = credits.filter(({ othersClaim }) => !(othersClaim && scope.waivesDefences));
  const lowered = Rational.sum([...counting.map(({ amount }) => amount), ...paid]);
  return Rational.max(Rational.ZERO, confirmed.minus(lowered));
}
