import { random32 } from '../support/votes.js';
import { STATUS, Trade, orderThatIs } from './trade.js';

let trade: Trade;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(() => trade.reset());

describe('accept', () => {
  it('is the supplier’s word', async () => {
    const order = await trade.post();
    const { events } = await trade.orders.send(trade.supplier.operator, 'accept', order);
    expect(events).toEqual([{ name: 'OrderAccepted', args: { order } }]);
    expect((await trade.order(order)).status).toBe(STATUS.ACCEPTED);
  });

  it('is for the named supplier only', async () => {
    const order = await trade.post();
    const other = trade.consortium.member('other-supplier');
    expect(await trade.orders.refusal(other.operator, 'accept', order)).toEqual({
      name: 'OrderUnauthorized',
      args: { order, member: other.id },
    });
    expect((await trade.orders.refusal(trade.buyer.operator, 'accept', order)).name).toBe('MemberMissingRole');
  });
});

describe('acceptMany', () => {
  it('accepts orders of several buyers', async () => {
    const other = trade.consortium.member('other-buyer');
    const orders = [await trade.post(), await trade.post(), await trade.post({}, other), await trade.post()];
    const { events } = await trade.orders.send(trade.supplier.operator, 'acceptMany', orders);
    expect(events).toEqual(orders.map((order) => ({ name: 'OrderAccepted', args: { order } })));
  });

  it('accepts none where one is refused', async () => {
    const orders = [await trade.post(), await orderThatIs('LAPSED', trade)];
    expect((await trade.orders.refusal(trade.supplier.operator, 'acceptMany', orders)).name).toBe('OrderLapsed');
    expect((await trade.order(orders[0]!)).status).toBe(STATUS.POSTED);
  });

  it('is for the named supplier only, wherever in the list the other’s order stands', async () => {
    const other = trade.consortium.member('other-supplier');
    const orders = [await trade.post(), await trade.post({ supplier: other.id })];
    for (const list of [orders, orders.toReversed()]) {
      expect((await trade.orders.refusal(trade.supplier.operator, 'acceptMany', list)).name).toBe('OrderUnauthorized');
    }
  });
});

describe('reject', () => {
  it('is the supplier’s word, with the commitment to its reason', async () => {
    const order = await trade.post();
    const reason = random32();
    const { events } = await trade.orders.send(trade.supplier.operator, 'reject', order, reason);
    expect(events).toEqual([{ name: 'OrderRejected', args: { order, reason } }]);
    expect((await trade.order(order)).status).toBe(STATUS.REJECTED);
  });

  it('is not the buyer’s', async () => {
    const order = await trade.post();
    expect(await trade.orders.refusal(trade.buyer.operator, 'reject', order, random32())).toEqual({
      name: 'OrderUnauthorized',
      args: { order, member: trade.buyer.id },
    });
  });
});

describe('withdraw', () => {
  it('is the word of who posted', async () => {
    const order = await trade.post();
    const { events } = await trade.orders.send(trade.buyer.operator, 'withdraw', order);
    expect(events).toEqual([{ name: 'OrderWithdrawn', args: { order } }]);
    expect((await trade.order(order)).status).toBe(STATUS.WITHDRAWN);
  });

  it('is not the supplier’s', async () => {
    const order = await trade.post();
    expect(await trade.orders.refusal(trade.supplier.operator, 'withdraw', order)).toEqual({
      name: 'OrderUnauthorized',
      args: { order, member: trade.supplier.id },
    });
  });
});

it('expire is open to anyone once the time is up', async () => {
  const order = await orderThatIs('LAPSED', trade);
  const { events } = await trade.orders.send(trade.consortium.stranger(), 'expire', order);
  expect(events).toEqual([{ name: 'OrderExpired', args: { order } }]);
  expect((await trade.order(order)).status).toBe(STATUS.EXPIRED);
});
