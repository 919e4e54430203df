import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import { Backing } from './backing.js';
import { OrderValues } from './order-values.js';

const ORDER: Hex = `0x${'0a'.repeat(32)}`;
const CLAIM: Hex = `0x${'0b'.repeat(32)}`;
const ROOT: Hex = `0x${'1a'.repeat(32)}`;
const number = Rational.parse;
const answering = (value: unknown) => () => Promise.resolve(value);

const delivered = { undelivered: answering({ value: Rational.ZERO, currency: 'GBP', minorDigits: 2 }) };

/** By how much 300 that are out on an order, all of it delivered, are more than what stands behind them: a claim of 600. */
async function shortfall(
  status: string,
  values: object = delivered,
  cover = '600',
  currency = 'GBP',
): Promise<string | undefined> {
  const claim = { id: CLAIM, confirmed: { block: 5 }, status, parent: null };
  const parts = [
    { bornFrom: answering([claim]) },
    { of: answering({ cover: { amount: number(cover), terms: [] }, currency }) },
    values,
    { of: answering([]) },
    {},
    {},
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

it('of a claim in another currency is all that is out: so many yen are not so many pounds', async () => {
  expect(await shortfall('CONFIRMED', delivered, '30000', 'JPY')).toBe('300.00');
});

it('of a claim over two orders, each of which it is more than, is not lowered by what it is more', async () => {
  const order = new Map(Object.entries({ '/amount': '400.00', '/currency': 'GBP' }));
  const parts = [
    { get: answering({ id: ORDER, commitment: ROOT, status: 'ACCEPTED' }) },
    { bornFrom: answering([{ id: CLAIM, confirmed: { block: 5 }, confirmation: null, parent: null }]) },
    { of: answering({ amount: '800.00', currency: 'GBP' }) },
    { of: answering(new Map([[ROOT, order]])) },
  ] as never[];
  const values = new (OrderValues as new (...args: never[]) => OrderValues)(...parts);
  // All of it received; 320 are out on the other order.
  expect(await shortfall('CONFIRMED', values, '480')).toBeUndefined();
});

describe('a payment that the lender acknowledged and has not recorded as a repayment', () => {
  const NOTICE = 10;
  const place = (block: number) => ({ block, log: 0, tx: CLAIM, at: 0 });
  const eventAt = (block: number) => ({ name: '', object: CLAIM, block, logIndex: 0, tx: CLAIM, at: 0 });

  /** By how much 80 that are out on a claim of 100 are more than its cover, once 50 were paid and acknowledged after notice. */
  async function left(claimed: number, paidTo?: string): Promise<string | undefined> {
    const fields = new Map(paidTo === undefined ? [] : [['/paidTo', paidTo]]);
    const payment = { at: place(claimed), acknowledged: place(NOTICE + 5), withdrawn: null, fields };
    const terms = [{ kind: 'PAYMENT', amount: number('-50'), events: [eventAt(NOTICE + 5)] }];
    const parts = [
      { get: answering({ id: CLAIM }) },
      { of: answering({ cover: { amount: number('50'), terms } }) },
      {},
      {},
      {},
      { payments: answering([payment]) },
      { byId: (member: number) => Promise.resolve({ name: member === 7 ? 'bank-a' : 'supplier-1' }) },
      {},
    ] as never[];
    const position = {
      status: 'DISBURSED',
      financing: { object: CLAIM, onOrder: false, holder: 2, lender: 7 },
      encumbrance: { acknowledged: eventAt(NOTICE) },
      repayments: [],
      balance: { due: { principal: number('80') }, applied: { principal: Rational.ZERO } },
    } as never;
    const backing = new (Backing as new (...args: never[]) => Backing)(...parts);
    return (await backing.shortfallOf(position))?.toFixed(2);
  }

  it.each([
    ['claimed since notice', NOTICE + 1, undefined, undefined],
    ['claimed since notice, though paid to its holder, who passed it on', NOTICE + 1, 'supplier-1', undefined],
    ['claimed before, and paid to itself', NOTICE - 1, 'bank-a', undefined],
    ['claimed before, and paid to its holder', NOTICE - 1, 'supplier-1', '30.00'],
    ['claimed before, and paid to nobody knows whom', NOTICE - 1, undefined, '30.00'],
  ])('%s', async (_, claimed, paidTo, short) => {
    expect(await left(claimed, paidTo)).toBe(short);
  });
});
