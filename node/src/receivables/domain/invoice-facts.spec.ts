import type { InvoiceModel } from '../../documents/model/index.js';
import { invoiceFacts } from './invoice-facts.js';

const invoice = {
  ...{ issueDate: '2026-11-01', currency: 'GBP', amount: '30.00', lines: [] },
  instalments: [
    { dueDate: '2026-12-01', amount: '10.00' },
    { dueDate: '2027-01-01', amount: '20.00' },
  ],
} as unknown as InvoiceModel;

it('facts of a receivable are those of its instalment', () => {
  expect(invoiceFacts(invoice, 1)).toMatchObject({ dueDate: '2027-01-01', amount: '20.00', invoiceAmount: '30.00' });
  expect(() => invoiceFacts(invoice, 2)).toThrow(RangeError);
});
