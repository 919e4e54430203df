import type { InvoiceModel, OrderModel } from '../../documents/model/index.js';
import type { Problem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { requireConfirmable } from './confirmation.js';
import { requireInvoiceOfOrders } from './invoice-orders.js';
import { requireAct } from './require-act.js';

const order = (number: string, currency?: string) => ({ number, currency }) as OrderModel;
const invoice = (orderNumbers: string[], currency = 'EUR') => ({ orderNumbers, currency }) as unknown as InvoiceModel;

function refusal(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    return error as Problem;
  }
  throw new Error('nothing was refused');
}

describe('requireInvoiceOfOrders', () => {
  it('takes an invoice that names its orders in their currency', () => {
    requireInvoiceOfOrders(invoice(['PO-1']), [order('PO-1', 'EUR')]);
    requireInvoiceOfOrders(invoice(['po 2', 'PO-01']), [order('PO-1', 'EUR'), order('PO-2')]);
  });

  it.each([
    ['another currency', invoice(['PO-1'], 'SEK'), [order('PO-1', 'EUR')], '/currency'],
    ['another order', invoice(['PO-9']), [order('PO-1', 'EUR')], '/orderNumber'],
    ['no order', invoice([]), [order('PO-1', 'EUR')], '/orderNumber'],
    ['one of two orders', invoice(['PO-1']), [order('PO-1', 'EUR'), order('PO-2', 'EUR')], '/orderNumber'],
    ['an order too many', invoice(['PO-1', 'PO-2']), [order('PO-1', 'EUR')], '/orderNumber'],
  ])('refuses one with %s', (_, given, orders, field) => {
    expect(refusal(() => requireInvoiceOfOrders(given, orders))).toMatchObject({
      code: 'INVOICE_ORDER_MISMATCH',
      facts: { field },
    });
  });
});

describe('requireConfirmable (rule 5)', () => {
  const confirm = (amount: string, withoutReceipt = false) =>
    requireConfirmable({
      payable: Rational.parse('107.50'),
      cover: withoutReceipt ? undefined : Rational.parse('96.75'),
      amount: Rational.parse(amount),
      currency: 'GBP',
      minorDigits: 2,
    });

  it('lets an obligor confirm what was received and accepted', () => expect(() => confirm('96.75')).not.toThrow());

  it('refuses more, and names by how much', () => {
    expect(refusal(() => confirm('107.50'))).toMatchObject({
      code: 'CONFIRMATION_EXCEEDS_COVER',
      facts: { amount: '107.50', covered: '96.75', exceedsBy: '10.75', currency: 'GBP' },
    });
    expect(() => confirm('96.76')).toThrow();
  });

  it('lets it confirm without receipt, but never more than is payable', () => {
    expect(() => confirm('107.50', true)).not.toThrow();
    expect(refusal(() => confirm('107.51', true))).toMatchObject({
      code: 'CONFIRMATION_EXCEEDS_INVOICE',
      facts: { exceedsBy: '0.01' },
    });
  });
});

describe('requireAct', () => {
  const receivable = { id: '0x01', obligor: 1, supplier: 2, status: 'ISSUED' } as const;

  it.each([
    ['confirm', 1, 'ISSUED', null],
    ['confirm', 2, 'ISSUED', 'RECEIVABLE_UNAUTHORIZED'],
    ['confirm', 1, 'CONFIRMED', 'RECEIVABLE_INVALID_TRANSITION'],
    ['issueCreditNote', 1, 'CONFIRMED', 'RECEIVABLE_UNAUTHORIZED'],
    ['issueCreditNote', 2, 'ISSUED', 'RECEIVABLE_NOT_CONFIRMED'],
    ['openDispute', 1, 'CONFIRMED', null],
    ['reserve', 3, 'ISSUED', 'RECEIVABLE_NOT_CONFIRMED'],
  ] as const)('%s by member %i of a receivable that is %s: %s', (act, member, status, code) => {
    const ask = () => requireAct({ ...receivable, status }, act, member);
    if (code === null) expect(ask).not.toThrow();
    else expect(refusal(ask).code).toBe(code);
  });
});
