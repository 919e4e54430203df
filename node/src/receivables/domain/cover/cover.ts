import { Rational } from '../../../kernel/rational.js';
import type { EventRef } from '../event-ref.js';
import { coveredShare, type LineCover } from './allocation.js';
import type { Claim } from './claim.js';

/** What lowers a receivable's cover beside missing goods: each a positive amount and the event that it comes from. */
export interface Deduction {
  readonly kind: 'CREDIT_NOTE' | 'DISPUTE' | 'PAYMENT' | 'ORDER_ADVANCE';
  /** Absent when the document behind the event does not say or is not known here: then everything is deducted. */
  readonly amount?: Rational;
  readonly event: EventRef;
}

export const COVER_TERM_KINDS = [
  'PAYABLE',
  'NOT_COVERED_BY_GOODS',
  'CONFIRMED_WITHOUT_RECEIPT',
  'CONFIRMED_FOR_LESS',
  'CREDIT_NOTE',
  'DISPUTE',
  'PAYMENT',
  'ORDER_ADVANCE',
] as const;
export type CoverTermKind = (typeof COVER_TERM_KINDS)[number];

/** A step from the payable amount down to the cover; the terms' amounts sum to it exactly. */
export interface CoverTerm {
  readonly kind: CoverTermKind;
  /** Positive only for PAYABLE and CONFIRMED_WITHOUT_RECEIPT. */
  readonly amount: Rational;
  readonly events: readonly EventRef[];
}

export interface Cover {
  readonly amount: Rational;
  readonly terms: readonly CoverTerm[];
  readonly lines: readonly LineCover[];
  /** Whether the amount rests on the obligor's word alone, without receipt of all the goods. */
  readonly withoutReceipt: boolean;
}

export interface CoverFacts {
  readonly claim: Claim;
  /** The claim's lines as {@link allocateGoods} answers them. */
  readonly lines: readonly LineCover[];
  readonly deductions: readonly Deduction[];
  /** Decimals of the currency's minor unit. */
  readonly minorDigits: number;
}

/**
 * What may be advanced on a receivable (rule 5): payable x covered share of the lines, rounded down to the minor unit, at
 * most what was confirmed, less credit notes, open disputes, payments and what is still advanced on its orders; never
 * below 0. Confirmed without receipt, goods lower nothing. The terms tell each step.
 */
export function computeCover({ claim, lines, deductions, minorDigits }: CoverFacts): Cover {
  const terms: CoverTerm[] = [{ kind: 'PAYABLE', amount: claim.payable, events: [claim.issued] }];
  let left = claim.payable;
  const lower = (kind: CoverTermKind, to: Rational, events: readonly EventRef[]): void => {
    if (left.compare(to) > 0) terms.push({ kind, amount: to.minus(left), events });
    left = Rational.min(left, to);
  };

  const byGoods = claim.payable.times(coveredShare(lines)).floor(minorDigits);
  const receipts = lines.flatMap(({ goods }) => goods?.events ?? []);
  lower('NOT_COVERED_BY_GOODS', byGoods, distinct(receipts));
  const onWordAlone = claim.confirmed?.withoutReceipt === true && left.compare(claim.payable) < 0;
  if (claim.confirmed && onWordAlone) {
    terms.push({
      kind: 'CONFIRMED_WITHOUT_RECEIPT',
      amount: claim.payable.minus(left),
      events: [claim.confirmed.event],
    });
    left = claim.payable;
  }
  if (claim.confirmed) lower('CONFIRMED_FOR_LESS', claim.confirmed.amount, [claim.confirmed.event]);
  const lowered = lessDeductions(left, deductions);
  return { amount: lowered.left, terms: [...terms, ...lowered.terms], lines, withoutReceipt: onWordAlone };
}

/** What is left of an amount, never below 0, and the terms that lower it. */
export function lessDeductions(amount: Rational, deductions: readonly Deduction[]) {
  const terms: CoverTerm[] = [];
  let left = amount;
  for (const { kind, amount: by, event } of deductions) {
    const to = by ? Rational.max(Rational.ZERO, left.minus(by)) : Rational.ZERO;
    if (left.compare(to) > 0) terms.push({ kind, amount: to.minus(left), events: [event] });
    left = Rational.min(left, to);
  }
  return { left, terms };
}

function distinct(events: readonly EventRef[]): EventRef[] {
  return [...new Map([...new Set(events)].map((event) => [`${event.block}/${event.logIndex}`, event])).values()];
}
