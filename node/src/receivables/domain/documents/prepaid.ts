import { tellingMembersOf } from '../../../documents/model/invoice-has.js';
import { Rational } from '../../../kernel/rational.js';
import type { DocumentFields } from './document-fields.js';
import { isFigure, isMoney } from './figures.js';

/**
 * What was paid on an invoice before it was written, so that nobody owes it any more: of one of several instalments its share, in the
 * invoice's currency. Undefined where the document does not show whether it has such a thing, or how much. One `inFull` here shows that by
 * itself, though it was committed to before invoices said what they have.
 */
export function prepaidOn(invoice: DocumentFields, inFull = false): Rational | undefined {
  const has = tellingMembersOf(invoice.get('/has') ?? 'nothing shown');
  if (!has) return inFull && !mayTell(invoice) ? Rational.ZERO : undefined;
  if (!has.has('prepaid')) return Rational.ZERO;
  const [prepaid, amount, currency] = ['/prepaid', '/amount', '/currency'].map((path) => invoice.get(path));
  const whole = invoice.get('/invoiceAmount') ?? amount;
  if (!prepaid || !amount || !whole || !currency || !isFigure(prepaid)) return undefined;
  if (!isMoney(amount, currency) || !isMoney(whole, currency)) return undefined;
  const share = Rational.parse(amount).over(Rational.parse(whole));
  return Rational.max(Rational.ZERO, Rational.parse(prepaid).times(share));
}

/** Whether an invoice, be it from before there was a field for it, has any member that may be what was prepaid, or says that it has such. */
function mayTell(invoice: DocumentFields): boolean {
  return [...invoice.keys()].some((path) => path === '/has' || /prepaid/i.test(path));
}

/** Whether it shows that it bills a prepayment, which others take off. */
export const isOfPrepayment = (invoice: DocumentFields): boolean => invoice.get('/ofPrepayment') === 'true';
