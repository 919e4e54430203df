import type { Rational } from '../../../kernel/rational.js';
import type { EventRef } from '../event-ref.js';
import { type Cover, type CoverTerm, type Deduction, lessDeductions } from './cover.js';

/** A part of a split as cover sees it. */
export interface PartFacts {
  readonly amount: Rational;
  /** How much of it goods covered when it was split off, by the obligor's word. */
  readonly covered: Rational;
  /** Whether the whole was confirmed whatever was received. */
  readonly withoutReceipt: boolean;
  /** Its confirmation: the split. */
  readonly confirmed: EventRef;
}

/**
 * What may be advanced on a part (rule 5): its share of what goods covered when it was split off, less what was credited,
 * disputed and paid of the part itself. Goods count for the whole, once: what becomes of them later reaches a part by the
 * obligor's dispute or the supplier's credit note of it.
 */
export function partCover(
  { amount, covered, withoutReceipt, confirmed }: PartFacts,
  deductions: readonly Deduction[],
): Cover {
  const terms: CoverTerm[] = [{ kind: 'PAYABLE', amount, events: [confirmed] }];
  if (covered.compare(amount) < 0) {
    terms.push({ kind: 'NOT_COVERED_BY_GOODS', amount: covered.minus(amount), events: [confirmed] });
  }
  const lowered = lessDeductions(covered, deductions);
  return { amount: lowered.left, terms: [...terms, ...lowered.terms], lines: [], withoutReceipt };
}
