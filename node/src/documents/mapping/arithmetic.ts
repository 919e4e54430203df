import { minorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import type { DocumentModel, PricedLineModel } from '../model/index.js';

/** What a document says beside its lines that its sums are made of; all in its currency. */
export interface Terms {
  /** Charges less allowances of each line, by its place. */
  readonly lineAdjustments: readonly Rational[];
  /** Charges less allowances of the whole. */
  readonly adjustment: Rational;
  readonly lineTotal?: string;
  readonly prepaid?: string;
  readonly rounding?: string;
  /** Whether an allowance or charge cannot be read: what is stated is held against the others, and nothing derived. */
  readonly isUnclear?: boolean;
}

export const NO_TERMS: Terms = { lineAdjustments: [], adjustment: Rational.ZERO };

/**
 * What does not add up, each "CODE pointer: prose": an import never refuses a document for its arithmetic, since real
 * ones have been seen to say 100 x 100.00 = 100.00 (DESIGN.md §4).
 */
export function arithmeticNotes(model: DocumentModel, terms: Terms = NO_TERMS): string[] {
  if (!('lines' in model) || !('currency' in model) || model.currency === undefined) return [];
  const places = minorUnits(model.currency);
  const lines: readonly PricedLineModel[] = model.lines;
  const notes = lines.flatMap((line, i) => lineNote(line, i, terms.lineAdjustments[i] ?? Rational.ZERO, places));
  const amounts = lines.map(({ amount }) => amount);
  if (!('amount' in model) || model.amount === undefined || amounts.includes(undefined)) return notes;
  const sum = Rational.sum(amounts.map((amount) => Rational.parse(amount ?? '0')));
  if (terms.lineTotal !== undefined) notes.push(...difference('LINE_SUM', '/lines', sum, terms.lineTotal));
  const { prepaid = terms.prepaid, rounding = terms.rounding } = model.kind === 'INVOICE' ? model : {};
  const payable = payableOf(sum, model.taxAmount, { ...terms, prepaid, rounding });
  return [...notes, ...difference('PAYABLE_SUM', '/amount', payable, model.amount)];
}

/** What is payable of lines that sum to so much: with charges, taxes and rounding, less allowances and what was paid before. */
export function payableOf(sum: Rational, taxAmount: string | undefined, terms: Terms): Rational {
  return Rational.parse(terms.lineTotal ?? sum.toString())
    .plus(terms.adjustment)
    .plus(Rational.parse(taxAmount ?? '0'))
    .minus(Rational.parse(terms.prepaid ?? '0'))
    .plus(Rational.parse(terms.rounding ?? '0'));
}

function lineNote(line: PricedLineModel, index: number, adjustment: Rational, places: number): string[] {
  if (line.amount === undefined || line.price === undefined) return [];
  const net = lineAmount(line, line.price)?.plus(adjustment);
  if (!net || net.round(places).compare(Rational.parse(line.amount)) === 0) return [];
  return difference('LINE_AMOUNT', `/lines/${index}/amount`, net.round(places), line.amount);
}

/** quantity x price / priced quantity, exactly; nothing when that is 0. */
export function lineAmount(line: PricedLineModel, price: string): Rational | undefined {
  const base = Rational.parse(line.priceQuantity ?? '1');
  if (base.sign === 0) return undefined;
  return Rational.parse(line.quantity ?? '1')
    .times(Rational.parse(price))
    .over(base);
}

function difference(code: string, pointer: string, expected: Rational, stated: string): string[] {
  if (expected.compare(Rational.parse(stated)) === 0) return [];
  return [`${code} ${pointer}: its parts make ${expected.toString()}, the document says ${stated}`];
}
