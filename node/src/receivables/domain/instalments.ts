import type { InvoiceModel } from '../../documents/model/index.js';
import { Rational } from '../../kernel/rational.js';

/** One receivable of an invoice: what is due on one date. */
export interface Instalment {
  /** 0-based place in ascending order of due dates: part of the fingerprint (rule 2). */
  readonly place: number;
  readonly count: number;
  readonly dueDate: string;
  /** Decimal text in the invoice's currency. */
  readonly amount: string;
}

/** An invoice's instalments, one for each due date, by due date; amounts due on one date are one instalment. */
export function instalmentsOf({ instalments }: Pick<InvoiceModel, 'instalments'>): Instalment[] {
  const byDate = new Map<string, Rational>();
  for (const { dueDate, amount } of instalments) {
    byDate.set(dueDate, (byDate.get(dueDate) ?? Rational.ZERO).plus(Rational.parse(amount)));
  }
  const decimals = Math.max(
    ...instalments.map(({ amount }) => amount.length - (amount.indexOf('.') + 1 || amount.length)),
  );
  return [...byDate]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dueDate, amount], place, { length }) => ({
      place,
      count: length,
      dueDate,
      amount: amount.toFixed(decimals),
    }));
}
