import { ZeroHash } from 'ethers';
import type { TestMember } from '../support/consortium.js';
import { random32 } from '../support/votes.js';
import { DAY, MILESTONE, ORDER_STATES, type OrderState, STATUS, Trade, orderThatIs } from './trade.js';

let trade: Trade;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(() => trade.reset());

interface Act {
  readonly by: 'buyer' | 'supplier';
  readonly fn: string;
  readonly args: (order: string, trade: Trade) => readonly unknown[];
  /** What comes of it, by state: true or the error's name. `else` in all others. */
  readonly outcome: Partial<Record<OrderState, true | string>> & { else: string };
}

const offer = { POSTED: true, LAPSED: 'OrderLapsed', else: 'OrderInvalidTransition' } as const;
const running = { ACCEPTED: true, else: 'OrderInvalidTransition' } as const;
const logged = { ACCEPTED: true, COMPLETED: true, else: 'OrderInvalidStatus' } as const;
const closing = { ACCEPTED: true, COMPLETED: 'MilestoneLogClosed', else: 'OrderInvalidStatus' } as const;
const record = (kind: number, supersedes: string = ZeroHash): Pick<Act, 'fn' | 'args'> => ({
  fn: 'record',
  args: (order) => [order, kind, random32(), supersedes],
});

const ACTS: Record<string, Act> = {
  accept: { by: 'supplier', fn: 'accept', args: (order) => [order], outcome: offer },
  acceptMany: { by: 'supplier', fn: 'acceptMany', args: (order) => [[order]], outcome: offer },
  reject: { by: 'supplier', fn: 'reject', args: (order) => [order, random32()], outcome: offer },
  withdraw: { by: 'buyer', fn: 'withdraw', args: (order) => [order], outcome: offer },
  expire: {
    by: 'buyer',
    fn: 'expire',
    args: (order) => [order],
    outcome: { POSTED: 'OrderNotLapsed', LAPSED: true, else: 'OrderInvalidTransition' },
  },
  cancel: { by: 'buyer', fn: 'cancel', args: (order) => [order], outcome: running },
  complete: { by: 'supplier', fn: 'complete', args: (order) => [order], outcome: running },
  retract: { by: 'buyer', fn: 'retract', args: (order) => [order], outcome: { else: 'OrderNothingProposed' } },
  proposeChange: {
    by: 'supplier',
    fn: 'proposeChange',
    args: (order) => [order, random32()],
    outcome: { ACCEPTED: true, else: 'OrderInvalidStatus' },
  },
  acceptChange: {
    by: 'buyer',
    fn: 'acceptChange',
    args: (order) => [order, 2, random32(), []],
    outcome: { else: 'OrderChangeMissing' },
  },
  declineChange: {
    by: 'buyer',
    fn: 'declineChange',
    args: (order) => [order],
    outcome: { else: 'OrderChangeMissing' },
  },
  appoint: {
    by: 'buyer',
    fn: 'appoint',
    args: (order, { carrier }) => [order, carrier.id, 1 << MILESTONE.IN_TRANSIT, 2 ** 32],
    outcome: logged,
  },
  'record a despatch': { by: 'supplier', ...record(MILESTONE.DESPATCHED), outcome: closing },
  'record a corrected despatch': { by: 'supplier', ...record(MILESTONE.DESPATCHED, random32()), outcome: closing },
  'record a first receipt': { by: 'buyer', ...record(MILESTONE.RECEIVED), outcome: closing },
  'record a corrected receipt': { by: 'buyer', ...record(MILESTONE.RECEIVED, random32()), outcome: logged },
  'record an inspection': { by: 'supplier', ...record(MILESTONE.INSPECTED), outcome: logged },
  'record a return': { by: 'buyer', ...record(MILESTONE.RETURNED), outcome: logged },
  'record many': {
    by: 'buyer',
    fn: 'recordMany',
    args: (order) => [[{ order, kind: MILESTONE.DELIVERED, commitment: random32(), supersedes: ZeroHash }]],
    outcome: closing,
  },
};

const CASES = Object.entries(ACTS).flatMap(([name, act]) =>
  ORDER_STATES.map((state) => {
    const outcome = state === 'NONE' ? 'OrderUnknown' : (act.outcome[state] ?? act.outcome.else);
    return [name, state, outcome === true ? 'is done' : outcome, act] as const;
  }),
);

it.each(CASES)('%s an order that is %s: %s', async (_, state, outcome, { by, fn, args }) => {
  const order = await orderThatIs(state, trade);
  const { operator } = trade[by] satisfies TestMember;
  const before = await trade.order(order);
  if (outcome === 'is done') {
    await trade.orders.send(operator, fn, ...args(order, trade));
    return;
  }
  expect((await trade.orders.refusal(operator, fn, ...args(order, trade))).name).toBe(outcome);
  expect(await trade.order(order)).toEqual(before);
});

it.each(ORDER_STATES)('an order that is %s says so', async (state) => {
  const order = await orderThatIs(state, trade);
  expect((await trade.order(order)).status).toBe(STATUS[state === 'LAPSED' ? 'POSTED' : state]);
});

it('names what it refuses: the states from and to, the times', async () => {
  const lapsed = await orderThatIs('LAPSED', trade);
  const { expiry } = await trade.order(lapsed);
  const refused = await trade.orders.refusal(trade.supplier.operator, 'accept', lapsed);
  expect(refused).toEqual({
    name: 'OrderLapsed',
    args: { order: lapsed, expiry: expect.any(Number), timestamp: expect.any(BigInt) },
  });
  expect(Number(refused.args['timestamp'])).toBeGreaterThan(expiry);

  const done = await orderThatIs('COMPLETED', trade);
  expect(await trade.orders.refusal(trade.buyer.operator, 'cancel', done)).toEqual({
    name: 'OrderInvalidTransition',
    args: { order: done, from: STATUS.COMPLETED, to: STATUS.CANCELLED },
  });
  expect(await trade.orders.refusal(trade.buyer.operator, 'proposeChange', done, random32())).toEqual({
    name: 'OrderInvalidStatus',
    args: { order: done, status: STATUS.COMPLETED },
  });
});

it('stands until the very second that it names', async () => {
  const expiry = (await trade.now()) + DAY;
  const order = await trade.post({ expiry });
  await trade.consortium.chain.provider.request({ method: 'evm_setNextBlockTimestamp', params: [expiry] });
  expect((await trade.orders.send(trade.supplier.operator, 'accept', order)).time).toBe(expiry);
});
