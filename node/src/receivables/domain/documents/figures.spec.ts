import { flatten } from '../../../documents/canonical/flatten.js';
import { linesOf } from './fields.js';
import { amountIn, amountOf, isDate, isFigure, isMoney, isNoMoneyOf } from './figures.js';
import { hidesLines, readConfirmation, readInvoice, readOrder, readReceipt } from './read-documents.js';

const fieldsOf = (value: Parameters<typeof flatten>[0]) =>
  new Map(flatten(value).map(({ path, value }) => [path, value]));
const NO_DATES = [
  'x',
  '',
  '2027-02-30',
  '2027-2-3',
  '2027-02',
  '-000001-01',
  '2027-02-03T00:00:00Z',
  '20270203',
  '9'.repeat(10_000),
];
const UNREADABLE = ['abc', '', '1e9', '0x10', '01', ' 5.00', '5,00', '9'.repeat(10_000)];

describe('figures of others', () => {
  it('are plain decimals', () => {
    for (const text of UNREADABLE) expect([text, isFigure(text)]).toEqual([text, false]);
    for (const text of [undefined, '0', '-1.5', '100.00']) expect(isFigure(text)).toBe(true);
  });

  it('are money in one form only', () => {
    expect(isMoney('5.00', 'GBP')).toBe(true);
    for (const text of [...UNREADABLE, '0.00', '-5.00', '5', '5.005']) expect(isMoney(text, 'GBP')).toBe(false);
    for (const currency of ['XXX', 'gbp', '', '__proto__']) expect(isMoney('5.00', currency)).toBe(false);
  });

  it('are days that there are', () => {
    for (const text of NO_DATES) expect([text, isDate(text)]).toEqual([text, false]);
    for (const text of ['2028-02-29', '0001-01-01', '9999-12-31']) expect(isDate(text)).toBe(true);
  });

  it('count as not shown when they cannot be read', () => {
    for (const amount of [...UNREADABLE, '-5.00', '0'])
      expect(amountOf(new Map([['/amount', amount]]))).toBeUndefined();
    expect(amountOf(new Map([['/amount', '5.00']]))).toBe('5.00');
    expect(amountIn(fieldsOf({ amount: '5.00', currency: 'GBP' }), 'GBP')).toBe('5.00');
    expect(amountIn(fieldsOf({ amount: '5.00' }), 'GBP')).toBeUndefined();
    expect(amountIn(fieldsOf({ amount: '5.00', currency: 'EUR' }), 'GBP')).toBeUndefined();
    expect(amountIn(fieldsOf({ amount: '5.005', currency: 'GBP' }), 'GBP')).toBeUndefined();
  });

  it('are no money of a currency only where what is shown says so', () => {
    const none = [
      { amount: '5.00', currency: 'EUR' },
      { currency: 'EUR' },
      { amount: '5.005' },
      { amount: 'abc', currency: 'GBP' },
    ];
    for (const shown of none) expect([shown, isNoMoneyOf(fieldsOf(shown), 'GBP')]).toEqual([shown, true]);
    for (const shown of [{}, { amount: '5.00' }, { currency: 'GBP' }, { amount: '5.00', currency: 'GBP' }])
      expect([shown, isNoMoneyOf(fieldsOf(shown), 'GBP')]).toEqual([shown, false]);
  });
});

describe('documents with figures that cannot be read', () => {
  const terms = { amount: '96.75', currency: 'GBP', dueDate: '2026-12-01' };
  const line = { id: '1', has: 'amount quantity rejected', quantity: '100', amount: '100.00', rejected: '0' };
  const invoice = { ...terms, issueDate: '2026-11-01', invoiceAmount: '96.75', lines: [line] };

  it('are as good as not shown', () => {
    expect(readConfirmation(fieldsOf(terms))).toBeDefined();
    expect(readInvoice(fieldsOf(invoice))).toBeDefined();
    for (const amount of UNREADABLE) {
      expect(readConfirmation(fieldsOf({ ...terms, amount }))).toBeUndefined();
      expect(readInvoice(fieldsOf({ ...invoice, amount }))).toBeUndefined();
      expect(readInvoice(fieldsOf({ ...invoice, invoiceAmount: amount }))).toBeUndefined();
      expect(readOrder(fieldsOf({ lines: [line], amount }))).toBeUndefined();
      for (const name of ['quantity', 'amount', 'rejected']) {
        const lines = fieldsOf({ lines: [{ ...line, [name]: amount }] });
        for (const read of [linesOf, readOrder, readReceipt]) expect(read(lines)).toBeUndefined();
      }
    }
    expect(readConfirmation(fieldsOf({ ...terms, currency: 'XXX' }))).toBeUndefined();
    expect(readInvoice(fieldsOf({ ...invoice, currency: 'XXX' }))).toBeUndefined();
    expect(readInvoice(fieldsOf({ ...invoice, invoiceAmount: '0' }))).toBeUndefined();
  });

  it.each(NO_DATES)('are as good as not shown when they name %j as a date', (date) => {
    expect(readConfirmation(fieldsOf({ ...terms, dueDate: date }))).toBeUndefined();
    for (const name of ['issueDate', 'dueDate'])
      expect(readInvoice(fieldsOf({ ...invoice, [name]: date }))).toBeUndefined();
  });

  it('are as good as not shown when they report less than nothing, which would undo what others reported', () => {
    const reporting = (figures: Partial<Record<'quantity' | 'rejected', string>>) =>
      fieldsOf({ kind: 'RECEIPT', lines: [{ ...line, ...figures }] });
    expect(readReceipt(reporting({}))).toBeDefined();
    expect(hidesLines(reporting({}))).toBe(false);
    for (const figures of [{ quantity: '-20' }, { rejected: '-20' }, { quantity: '-0.5', rejected: '1' }]) {
      expect(readReceipt(reporting(figures))).toBeUndefined();
      expect(hidesLines(reporting(figures))).toBe(true);
    }
    const corrected = { ...invoice, lines: [{ ...line, quantity: '-3', amount: '-3.00' }] };
    expect(readInvoice(fieldsOf(corrected))).toBeDefined();
  });
});
