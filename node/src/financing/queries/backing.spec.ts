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
  const claim = { id: CLAIM, confirmed: { block: 5 }, status, parent: null, orders: [ORDER] };
  const parts = [
    { bornFrom: answering([claim]), encumbrancesOn: answering([]) },
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
    {
      bornFrom: answering([
        { id: CLAIM, commitment: CLAIM, confirmed: { block: 5 }, confirmation: null, parent: null },
      ]),
    },
    { of: answering({ amount: '800.00', currency: 'GBP' }) },
    {},
    {
      of: ([{ root }]: [{ root: Hex }]) =>
        answering(new Map([[root, root === ROOT ? order : new Map([['/has', '']])]]))(),
    },
  ] as never[];
  const values = new (OrderValues as new (...args: never[]) => OrderValues)(...parts);
  // All of it received; 320 are out on the other order.
  expect(await shortfall('CONFIRMED', values, '480')).toBeUndefined();
});

describe('a claim over two orders, each advanced 80, of which the goods of one went back', () => {
  const [KEPT, RETURNED]: [Hex, Hex] = [`0x${'0c'.repeat(32)}`, `0x${'0d'.repeat(32)}`];

  const line = (order: Hex, covered: string) => ({
    line: { id: '1', quantity: number('100'), amount: number('100.01'), met: { order } },
    ...{ invoiced: number('100'), covered: number(covered) },
  });

  interface Seen {
    /** The lender of the order whose goods were kept. */
    readonly keptBy?: number;
    /** Whose node looks: a lender sees its own financings, the holder all. */
    readonly by: 'lender' | 'holder';
    /** How many of the other's 100 were left. */
    readonly left?: number;
    /** Whether the claims on both orders run still. */
    readonly running?: boolean;
  }

  /** By how much the 80 that are out on `order` are more than what stands behind them. */
  async function shortOn(order: Hex, { keptBy = 7, by, left = 0, running = true }: Seen): Promise<string | undefined> {
    const lenderOf = (of: Hex) => (of === KEPT ? keptBy : 9);
    const account = (of: Hex) => `${of.slice(0, 6)}${lenderOf(of)}`;
    const financings = [KEPT, RETURNED]
      .map((object) => ({ object, onOrder: true, lender: lenderOf(object), offer: offerFrom(account(object)) }))
      .filter(({ lender }) => by === 'holder' || lender === lenderOf(order));
    // As far as who looks knows of them, advances are taken off one after the other.
    let rest = Rational.of(10_001 * (100 + left), 10_000).floor(2);
    const terms = financings.map(({ object }) => {
      const amount = Rational.min(rest, number('80'));
      rest = rest.minus(amount);
      return { kind: 'ORDER_ADVANCE', amount: Rational.ZERO.minus(amount), events: [{ object }] };
    });
    const lines = [line(KEPT, '100'), line(RETURNED, String(left))];
    const cover = { amount: rest, terms, lines, withoutReceipt: false };
    const claim = { id: CLAIM, confirmed: { block: 5 }, status: 'CONFIRMED', parent: null, orders: [KEPT, RETURNED] };
    const parts = [
      {
        bornFrom: answering([claim]),
        encumbrancesOn: (of: Hex[]) =>
          Promise.resolve(running ? of.map((object) => ({ object, lender: account(object) })) : []),
      },
      { of: answering({ cover, currency: 'GBP', minorDigits: 2 }) },
      delivered,
      { of: (of: Hex[]) => Promise.resolve(financings.filter(({ object }) => of.includes(object))) },
      {},
      {},
      {},
      { orderAdvanceBps: 8000 },
    ] as never[];
    const position = {
      status: 'DISBURSED',
      financing: { object: order, onOrder: true, lender: lenderOf(order) },
      balance: { due: { principal: number('80') }, applied: { principal: Rational.ZERO } },
    } as never;
    const backing = new (Backing as new (...args: never[]) => Backing)(...parts);
    return (await backing.shortfallOf(position))?.toFixed(2);
  }
  const offerFrom = (account: string) => ({ certificate: { account } });

  it.each(['lender', 'holder'] as const)('backs at the %s none of what another lender advanced on that', async (by) => {
    expect(await shortOn(RETURNED, { by })).toBe('80.00');
    expect(await shortOn(KEPT, { by })).toBeUndefined();
  });

  it.each(['lender', 'holder'] as const)(
    'backs each by its own goods, to the penny below, as the %s sees it',
    async (by) => {
      expect(await shortOn(RETURNED, { by, left: 100 })).toBeUndefined();
      expect(await shortOn(KEPT, { by, left: 100 })).toBeUndefined();
      // A third of 150.01.
      expect(await shortOn(RETURNED, { by, left: 50 })).toBe('30.00');
      expect(await shortOn(KEPT, { by, left: 50 })).toBeUndefined();
    },
  );

  it.each(['lender', 'holder'] as const)('backs at the %s what one lender advanced on either', async (by) => {
    // 100.01 less the 80 on the order kept.
    expect(await shortOn(RETURNED, { by, keptBy: 9 })).toBe('59.99');
  });

  it('backs all that is out where nobody else has a claim', async () => {
    expect(await shortOn(RETURNED, { by: 'lender', running: false })).toBeUndefined();
  });
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
