import { documentOf, importDocument, type OrderChangeModel } from '../../documents/index.js';
import { effectiveOrder } from '../domain/effective-order.js';
import { saysTheSame, saysWhatItBecame } from './same-document.js';

const order = {
  ...{ kind: 'ORDER', number: 'PO-1', issueDate: '2026-11-22', currency: 'EUR', amount: '5.00', incoterm: 'FCA' },
  ...{ buyer: { id: '1', name: 'B' }, seller: { id: '2', name: 'S' } },
  lines: [{ id: '1', item: 'PAINT', quantity: '1', unit: 'LTR', amount: '5.00' }],
};
const read = (text: string) => importDocument(Buffer.from(text), 'application/json', { kind: 'ORDER' });
const posted = read(JSON.stringify(order));
const [line] = order.lines;

it.each<[string, string, boolean]>([
  ['the same bytes', JSON.stringify(order), true],
  ['spaces and lines elsewhere', JSON.stringify(order, null, 2), true],
  ['its keys in another order', JSON.stringify(Object.fromEntries(Object.entries(order).reverse())), true],
  ['another amount', JSON.stringify({ ...order, amount: '5.01' }), false],
  ['another line', JSON.stringify({ ...order, lines: [{ ...line, quantity: '2' }] }), false],
  ['a line more', JSON.stringify({ ...order, lines: [line, { ...line, id: '2' }] }), false],
  ['another value that no field of an order is for', JSON.stringify({ ...order, incoterm: 'EXW' }), false],
])('a document with %s says the same or not', (_, text, same) => {
  expect(saysTheSame(read(text), posted)).toBe(same);
});

it('the same bytes say the same, whatever an earlier release made of them', () => {
  expect(saysTheSame({ ...posted, fields: [] }, posted)).toBe(true);
});

const { kind: _, incoterm: __, ...head } = order;
const change = {
  ...{ ...head, kind: 'ORDER_CHANGE', number: 'CH-1', orderNumber: order.number, amount: '17.00' },
  lines: [
    { ...line, id: '2', amount: '4.00' },
    { ...line, id: '1', amount: '6.00' },
    { ...line, id: '1a', amount: '7.00' },
  ],
};
const became = effectiveOrder(
  documentOf(read(JSON.stringify({ ...order, lines: [line, { ...line, id: '2' }] })), 'ORDER').model,
  importDocument(Buffer.from(JSON.stringify(change)), 'application/json').model as OrderChangeModel,
);
const [second, first, between] = change.lines;
const rewritten = { ...order, amount: '17.00', lines: [first, between, second] };

it.each<[string, object, boolean]>([
  ['the changed lines where the source has them', rewritten, true],
  ['no values that no field of an order is for', { ...rewritten, incoterm: undefined }, true],
  ['what stood before', { ...order, lines: [line, { ...line, id: '2' }] }, false],
  ['another total', { ...rewritten, amount: '17.01' }, false],
  ['a line less', { ...rewritten, lines: [first, second] }, false],
])('a document with %s says what an order became by its change, or not', (_, said, same) => {
  expect(saysWhatItBecame(documentOf(read(JSON.stringify(said)), 'ORDER').model, became)).toBe(same);
});
