import { readFileSync } from 'node:fs';
import { importDocument } from '../import-document.js';
import { commitmentFields, type Binding } from './binding.js';

const sample = (name: string) =>
  importDocument(readFileSync(new URL(`../../../../samples/json/${name}.json`, import.meta.url)), 'application/json');
const id = (byte: string) => `0x${byte.repeat(32)}` as const;
const valuesOf = (document: ReturnType<typeof sample>, binding: Binding) =>
  Object.fromEntries(commitmentFields(document, binding).map(({ path, value }) => [path, value]));

describe('commitmentFields', () => {
  const order = sample('order');
  const invoice = sample('invoice');

  it("says what an order's first version is, by its tag", () => {
    const fields = commitmentFields(order, { version: 1, tag: id('aa') });
    expect(fields.slice(0, 4)).toEqual([
      { path: '/kind', value: 'ORDER' },
      { path: '/schema', value: 'tradeproof/1' },
      { path: '/version', value: '1' },
      { path: '/tag', value: id('aa') },
    ]);
    expect(fields.slice(4)).toEqual(order.fields);
  });

  it('says what it is to a framework contract, in its first version alone', () => {
    const bound = { version: 1, tag: id('aa') };
    expect(valuesOf(order, { ...bound, orderType: 'FRAMEWORK' })).toMatchObject({ '/orderType': 'FRAMEWORK' });
    expect(valuesOf(order, { ...bound, framework: id('05') })).toMatchObject({ '/framework': id('05') });
    const later = { version: 2, orders: [id('01')], previousRoot: id('02') };
    expect(() => commitmentFields(order, { ...later, framework: id('05') })).toThrow(RangeError);
  });

  it('binds everything else to its order or orders, and later versions to the one before', () => {
    expect(valuesOf(order, { version: 2, orders: [id('01')], previousRoot: id('02') })).toMatchObject({
      '/order': id('01'),
      '/version': '2',
      '/previousRoot': id('02'),
    });
    const collective = valuesOf(invoice, { version: 1, orders: [id('01'), id('03')], receivable: id('04') });
    expect(collective).toMatchObject({ '/orders/-': '2', '/orders/1': id('03'), '/receivable': id('04') });
    expect(collective).not.toHaveProperty('/order');
  });

  it.each<[string, Binding]>([
    ['neither tag nor order', { version: 1 }],
    ['both', { version: 1, tag: id('aa'), orders: [id('01')] }],
    ['version 0', { version: 0, tag: id('aa') }],
    ['a half version', { version: 1.5, tag: id('aa') }],
    ['a first version after another', { version: 1, tag: id('aa'), previousRoot: id('02') }],
    ['a second version after none', { version: 2, orders: [id('01')] }],
    ['an instalment of an order', { version: 1, tag: id('aa'), instalment: 0 }],
  ])('refuses %s', (_, binding) => expect(() => commitmentFields(order, binding)).toThrow(RangeError));

  it('gives a receivable over an instalment its own amount and date', () => {
    const parts = [
      { dueDate: '2027-01-31', amount: '50.00' },
      { dueDate: '2027-02-28', amount: '57.50' },
    ];
    const json = { ...(JSON.parse(Buffer.from(invoice.source.bytes).toString()) as object), instalments: parts };
    const divided = importDocument(Buffer.from(JSON.stringify(json)), 'application/json');
    const binding = { version: 1, orders: [id('01')] };
    expect(valuesOf(divided, { ...binding, instalment: 1 })).toMatchObject({
      '/instalment': '1',
      '/invoiceAmount': '107.50',
      '/amount': '57.50',
      '/dueDate': '2027-02-28',
      '/instalments/0/amount': '50.00',
    });
    expect(valuesOf(divided, { ...binding, instalment: 0 })).toMatchObject({
      '/amount': '50.00',
      '/dueDate': '2027-01-31',
    });
    expect(() => commitmentFields(divided, { ...binding, instalment: 2 })).toThrow(RangeError);
    expect(commitmentFields(invoice, { ...binding, instalment: 0 })).toEqual(commitmentFields(invoice, binding));
  });
});
