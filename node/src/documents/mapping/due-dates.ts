import { fromMinorUnits, minorUnits, toMinorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import type { InstalmentModel, InvoiceModel } from '../model/index.js';
import type { SourceNode } from '../source/source-node.js';
import { date } from './values.js';

/** What a document says of one payment: when, and which part if it says so. */
export interface PaymentDate {
  readonly dueDate: string;
  readonly amount?: string;
  readonly percent?: string;
}

type Bill = Pick<InvoiceModel, 'issueDate' | 'currency' | 'amount'>;
type Settlement = Pick<InvoiceModel, 'dueDate' | 'dueDateStated' | 'instalments'>;

/**
 * When which part is due. Instalments count only if they sum to the payable amount, so that no claim is born beyond it;
 * else the whole is due on the header's date, else on the last one named, and on the issue date when none is (rule 5).
 */
export function settlement(bill: Bill, header: SourceNode | undefined, payments: readonly PaymentDate[]): Settlement {
  const instalments = payments.length > 1 ? (byAmount(bill, payments) ?? byPercent(bill, payments)) : undefined;
  const dates = payments.map((payment) => payment.dueDate).sort();
  const stated = date(header);
  const dueDate = instalments ? dates.at(-1)! : (stated ?? dates.at(-1) ?? bill.issueDate);
  if (header && dueDate !== stated) header.used = false;
  return {
    dueDate,
    dueDateStated: stated !== undefined || dates.length > 0,
    instalments: instalments ? byDate(instalments, bill.currency) : [{ dueDate, amount: bill.amount }],
  };
}

function byAmount(bill: Bill, payments: readonly PaymentDate[]): InstalmentModel[] | undefined {
  const instalments = payments.flatMap(({ dueDate, amount }) => (amount === undefined ? [] : [{ dueDate, amount }]));
  const sum = Rational.sum(instalments.map(({ amount }) => Rational.parse(amount)));
  const isWhole = instalments.length === payments.length && sum.compare(Rational.parse(bill.amount)) === 0;
  return isWhole && instalments.every((each) => isPayable(each.amount, bill.currency)) ? instalments : undefined;
}

/** Parts rounded down to the minor unit; the last one takes what is left. */
function byPercent(bill: Bill, payments: readonly PaymentDate[]): InstalmentModel[] | undefined {
  const percents = payments.map(({ percent }) => Rational.parse(percent ?? '0'));
  const isWhole = Rational.sum(percents).compare(Rational.of(100)) === 0 && percents.every(({ sign }) => sign > 0);
  if (!isWhole || !isPayable(bill.amount, bill.currency)) return undefined;
  const places = minorUnits(bill.currency);
  const parts = percents.map((percent) => {
    const part = Rational.parse(bill.amount).times(percent).over(Rational.of(100)).floor(places);
    return toMinorUnits(part.toFixed(places), bill.currency);
  });
  const left = toMinorUnits(bill.amount, bill.currency) - parts.reduce((sum, part) => sum + part, 0n);
  parts[parts.length - 1]! += left;
  return payments.map(({ dueDate }, i) => ({ dueDate, amount: fromMinorUnits(parts[i]!, bill.currency) }));
}

/** In order of due dates; what is due on one date is one instalment. */
function byDate(instalments: readonly InstalmentModel[], currency: string): InstalmentModel[] {
  const units = new Map<string, bigint>();
  for (const { dueDate, amount } of instalments) {
    units.set(dueDate, (units.get(dueDate) ?? 0n) + toMinorUnits(amount, currency));
  }
  return [...units]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dueDate, sum]) => ({ dueDate, amount: fromMinorUnits(sum, currency) }));
}

function isPayable(amount: string, currency: string): boolean {
  return !amount.startsWith('-') && (amount.split('.')[1] ?? '').length <= minorUnits(currency);
}
