import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import { Backing } from './backing.js';

const ORDER: Hex = `0x${'0a'.repeat(32)}`;
const CLAIM: Hex = `0x${'0b'.repeat(32)}`;
const number = Rational.parse;
const answering = (value: unknown) => () => Promise.resolve(value);

/** By how much 300 that are out on an order, all of it delivered, are more than what stands behind them: a claim of 600. */
async function shortfall(status: string): Promise<string | undefined> {
  const claim = { id: CLAIM, confirmed: { block: 5 }, status, parent: null };
  const parts = [
    { bornFrom: answering([claim]) },
    { of: answering({ cover: { amount: number('600'), terms: [] } }) },
    { undelivered: answering({ value: Rational.ZERO, currency: 'GBP', minorDigits: 2 }) },
    { of: answering([]) },
    {},
    { orderAdvanceBps: 8000 },
  ] as never[];
  const position = {
    status: 'DISBURSED',
    financing: { object: ORDER, onOrder: true },
    balance: { due: { principal: number('300') }, applied: { principal: Rational.ZERO } },
  } as never;
  const backing = new (Backing as new (...args: never[]) => Backing)(...parts);
  return (await backing.shortfallOf(position))?.toFixed(2);
}

it.each([
  ['CONFIRMED', undefined],
  ['SPLIT', '300.00'],
  ['SETTLED', '300.00'],
  ['WRITTEN_OFF', '300.00'],
  ['VOID', '300.00'],
])('of an order’s claims one that is %s leaves a shortfall of %s', async (status, left) => {
  expect(await shortfall(status)).toBe(left);
});
