import { CONTRACT_PROBLEMS } from '../../../kernel/contract-errors.generated.js';
import { minorUnits, positiveMoney } from '../../../kernel/money.js';
import { Rational } from '../../../kernel/rational.js';
import { splitSumMismatch } from './problems.js';

/** Most parts that the contract makes of one receivable. */
export const MOST_PARTS = 32;

/** What is divided: decimals of the receivable's currency. */
export interface Whole {
  readonly currency: string;
  /** What is owed on it still. */
  readonly outstanding: Rational;
  /** What may be advanced on it now. */
  readonly cover: Rational;
}

/** A part's amount and how much of it is covered, decimal texts. */
export interface Share {
  readonly amount: string;
  readonly covered: string;
}

/** What is left of what is owed after these amounts; refuses with SPLIT_SUM_MISMATCH, AMOUNT_INVALID or CURRENCY_MISMATCH. */
export function remainderOf(
  { outstanding, currency }: Whole,
  amounts: readonly { readonly amount: string; readonly currency?: string }[],
): Rational {
  const parts = amounts.map(({ amount, currency: named }) =>
    positiveMoney({ amount, currency: named ?? currency }, currency),
  );
  const left = outstanding.minus(Rational.sum(parts.map(({ amount }) => Rational.parse(amount))));
  if (left.sign < 0) throw mismatch(outstanding, left, currency);
  return left;
}

/** Refuses with SPLIT_SUM_MISMATCH, naming by how much, unless the amounts sum to what is owed (rule 4). */
export function requireWhole({ outstanding, currency }: Whole, amounts: readonly string[]): void {
  const left = outstanding.minus(Rational.sum(amounts.map((amount) => Rational.parse(amount))));
  if (left.sign !== 0) throw mismatch(outstanding, left, currency);
}

/**
 * What each part has of the cover: in proportion to its amount, rounded down to the minor unit, so that the parts together
 * never have more than the whole had.
 */
export function dividedCover({ outstanding, cover, currency }: Whole, amounts: readonly string[]): Share[] {
  const digits = minorUnits(currency);
  const most = Rational.min(cover, outstanding);
  return amounts.map((amount) => {
    const covered = Rational.parse(amount).times(most).over(outstanding).floor(digits);
    return { amount, covered: covered.toFixed(digits) };
  });
}

/** Refuses with SPLIT_INVALID_PART_COUNT. */
export function requireCount(count: number): void {
  if (count >= 1 && count <= MOST_PARTS) return;
  throw CONTRACT_PROBLEMS.SplitInvalidPartCount(`into 1 to ${MOST_PARTS} parts, not ${count}`, {
    count,
    limit: MOST_PARTS,
  });
}

function mismatch(outstanding: Rational, left: Rational, currency: string) {
  const digits = minorUnits(currency);
  const [owed, sum] = [outstanding, outstanding.minus(left)].map((figure) => figure.toFixed(digits));
  const by = (left.sign < 0 ? Rational.ZERO.minus(left) : left).toFixed(digits);
  const [name, word] = left.sign < 0 ? (['exceedsBy', 'more'] as const) : (['fallsShortBy', 'less'] as const);
  return splitSumMismatch(`the parts sum to ${sum} ${currency}, ${by} ${word} than the ${owed} that are owed`, {
    sum,
    outstanding: owed,
    [name]: by,
    currency,
  });
}
