import { flatten } from '../../../documents/canonical/flatten.js';
import { linesOf } from './fields.js';
import { readConfirmation, readInvoice, readOrder, readReceipt } from './read-documents.js';

const fieldsOf = (value: Parameters<typeof flatten>[0]) =>
  new Map(flatten(value).map(({ path, value }) => [path, value]));

const invoice = {
  number: 'INV-1',
  issueDate: '2026-11-01',
  dueDate: '2026-12-01',
  currency: 'GBP',
  amount: '107.50',
  lines: [{ id: '1', item: 'W', quantity: '100', amount: '100.00', orderLine: '10' }],
};

describe('documents from their fields', () => {
  it('reads an invoice, whole or in instalments', () => {
    expect(readInvoice(fieldsOf(invoice))).toMatchObject({
      amount: '107.50',
      invoiceAmount: '107.50',
      lines: [{ id: '1', item: { seller: 'W' }, quantity: '100', amount: '100.00', orderLine: '10' }],
    });
    expect(readInvoice(fieldsOf({ ...invoice, invoiceAmount: '215.00' }))?.invoiceAmount).toBe('215.00');
  });

  it.each(['amount', 'currency', 'issueDate', 'dueDate', 'lines'])('reads no invoice whose %s is hidden', (name) => {
    const fields = fieldsOf(invoice);
    for (const path of [...fields.keys()]) if (path === `/${name}` || path.startsWith(`/${name}/`)) fields.delete(path);
    expect(readInvoice(fields)).toBeUndefined();
  });

  it('reads no lines unless all of them are there', () => {
    const fields = fieldsOf({ lines: [{ id: '1' }, { id: '2' }] });
    expect(linesOf(fields)).toHaveLength(2);
    fields.delete('/lines/1/id');
    expect(linesOf(fields)).toBeUndefined();
    fields.set('/lines/1/id', '2');
    fields.delete('/lines/-');
    expect(readOrder(fields)).toBeUndefined();
    expect(readReceipt(fields)).toBeUndefined();
  });

  it('tells whose item number it is', () => {
    const lines = [
      { id: '1', item: 'S', buyerItem: 'B', standardItem: '123' },
      { id: '2', item: 'B', buyerItem: 'B' },
      { id: '3' },
    ];
    expect(linesOf(fieldsOf({ lines }))?.map(({ item }) => item)).toEqual([
      { seller: 'S', buyer: 'B', standard: '123' },
      { seller: undefined, buyer: 'B', standard: undefined },
      { seller: undefined, buyer: undefined, standard: undefined },
    ]);
  });

  it('reads a confirmation', () => {
    const terms = {
      ...{ amount: '96.75', currency: 'GBP', dueDate: '2026-12-01' },
      ...{ waivesSetOff: true, waivesDefences: false, withoutReceipt: false },
    };
    expect(readConfirmation(fieldsOf(terms))).toEqual(terms);
    expect(readConfirmation(fieldsOf({ ...terms, amount: undefined }))).toBeUndefined();
  });
});
