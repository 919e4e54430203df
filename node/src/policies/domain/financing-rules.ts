import type { Money } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { refusedBy } from './problems.js';
import { clausesOf, type PackVersion } from './rule-pack.js';

/** What rules on financings look at. Absent facts are not decided yet, and not judged. */
export interface FinancingFacts {
  readonly currency: string;
  /** Kinds of the milestones that each order of the lineage has. */
  readonly milestones: readonly (readonly string[])[];
  /** Days from now until the money is expected back: what is charged for that long, and what pays it is due by then. */
  readonly tenorDays?: number;
  readonly advance?: Money;
  /** Principal out on the same obligor now, in all currencies. */
  readonly outOnObligor?: readonly Money[];
}

/** Refuses with POLICY_REFUSES, naming the clause, what any pack in force does not allow. */
export function requireAllowed(packs: readonly PackVersion[], facts: FinancingFacts): void {
  const { currency, milestones, tenorDays, advance, outOnObligor = [] } = facts;
  for (const inForce of clausesOf(packs, 'CURRENCIES')) {
    const { allowed } = inForce.clause;
    if (!allowed.includes(currency)) throw refusedBy(inForce, `${currency} is not financed`, { currency, allowed });
  }
  for (const inForce of clausesOf(packs, 'MINIMUM_MILESTONES')) {
    const missing = inForce.clause.milestones.filter((kind) => milestones.some((kinds) => !kinds.includes(kind)));
    if (missing.length > 0)
      throw refusedBy(inForce, `${missing.join(', ')} is not recorded on each order`, { missing });
  }
  for (const inForce of clausesOf(packs, 'LONGEST_TENOR')) {
    const { days } = inForce.clause;
    if (tenorDays !== undefined && tenorDays > days)
      throw refusedBy(inForce, `${tenorDays} days are more than ${days}`, { tenorDays, longest: days });
  }
  for (const inForce of clausesOf(packs, 'OBLIGOR_CONCENTRATION')) {
    const { most } = inForce.clause;
    if (!advance || advance.currency !== most.currency) continue;
    const out = outOnObligor
      .filter((each) => each.currency === most.currency)
      .map(({ amount }) => Rational.parse(amount));
    const would = Rational.sum([...out, Rational.parse(advance.amount)]);
    const over = would.minus(Rational.parse(most.amount));
    if (over.sign > 0) {
      const exceedsBy = { amount: over.toString(), currency: most.currency };
      throw refusedBy(inForce, `${exceedsBy.amount} ${most.currency} more than may be out on one obligor`, {
        most,
        exceedsBy,
      });
    }
  }
}
