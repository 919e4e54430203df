import { importDocument } from '../../documents/index.js';
import { saysTheSame } from './same-document.js';

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
