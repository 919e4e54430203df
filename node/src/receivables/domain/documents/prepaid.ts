import { tellingMembersOf } from '../../../documents/model/invoice-has.js';
import { Rational } from '../../../kernel/rational.js';
import type { DocumentFields } from './document-fields.js';
import { isFigure, isMoney } from './figures.js';

/**
 * What was paid on an invoice before it was written, so that nobody owes it any more: of one of several instalments its share, in the
 * invoice's currency. Undefined where the document does not show whether it has such a thing, or how much.
 */
export function prepaidOn(invoice: DocumentFields): Rational | undefined {
  const has = tellingMembersOf(invoice.get('/has') ?? 'nothing shown');
  if (!has) return undefined;
  if (!has.has('prepaid')) return Rational.ZERO;
  const [prepaid, amount, currency] = ['/prepaid', '/amount', '/currency'].map((path) => invoice.get(path));
  const whole = invoice.get('/invoiceAmount') ?? amount;
  if (!prepaid || !amount || !whole || !currency || !isFigure(prepaid)) return undefined;
  if (!isMoney(amount, currency) || !isMoney(whole, currency)) return undefined;
  const share = Rational.parse(amount).over(Rational.parse(whole));
  return Rational.max(Rational.ZERO, Rational.parse(prepaid).times(share));
}

/** Whether it shows that it bills a prepayment, which others take off. */
export const isOfPrepayment = (invoice: DocumentFields): boolean => invoice.get('/ofPrepayment') === 'true';
