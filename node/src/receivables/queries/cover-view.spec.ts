import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import { toCoverView } from './cover-view.js';

const ID = `0x${'ab'.repeat(32)}` as Hex;
const [zero, ninety] = [Rational.ZERO, Rational.parse('90')];

it.each([
  ['CS', 'BO'],
  [undefined, undefined],
])('a line says in which unit it bills, and in which goods came: %s, %s', (unit, reported) => {
  const goods = {
    ...{ order: ID, line: '1', unit: reported, events: [] },
    received: ninety,
    rejected: zero,
    returned: zero,
  };
  const line = { id: '1', unit, quantity: ninety, amount: ninety, met: { order: ID, line: '1', by: 'LINE_NUMBER' } };
  const lines = [{ line, invoiced: ninety, goods, taken: zero, covered: zero }];
  const cover = { amount: zero, withoutReceipt: false, terms: [], lines };
  const head = { number: 1, hash: ID, timestamp: 0 };
  const view = toCoverView(ID, { cover, currency: 'GBP', minorDigits: 2 } as never, head as never);
  expect(view.lines).toMatchObject([
    { unit: unit ?? null, receivedUnit: reported ?? null, received: '90', covered: '0' },
  ]);
});
