import { Trade, orderThatIs } from './trade.js';

let trade: Trade;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(() => trade.reset());

const sorted = (orders: string[]) => orders.toSorted();

describe('what only the receivable registry says', () => {
  it.each([
    ['setEncumbered', (order: string) => [order, true]],
    ['adjustEncumberedDescendants', (order: string) => [[order], true]],
  ] as const)('%s is refused from anyone else', async (fn, args) => {
    const order = await trade.accepted();
    for (const { operator } of [trade.buyer, trade.supplier]) {
      expect(await trade.orders.refusal(operator, fn, ...args(order))).toEqual({
        name: 'OrderLineageUnauthorized',
        args: { caller: operator.address },
      });
    }
  });
});

describe('partiesInForce', () => {
  it('names the parties of accepted and completed orders', async () => {
    const orders = sorted([await trade.accepted(), await trade.accepted(), await orderThatIs('COMPLETED', trade)]);
    expect(await trade.orders.read('partiesInForce', orders)).toEqual({
      buyer: trade.buyer.id,
      supplier: trade.supplier.id,
    });
  });

  it.each(['POSTED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'CANCELLED'] as const)(
    'refuses an order that is %s',
    async (state) => {
      const order = await orderThatIs(state, trade);
      const { status } = await trade.order(order);
      expect(await trade.orders.readRefusal('partiesInForce', [order])).toEqual({
        name: 'OrderNotInForce',
        args: { order, status },
      });
    },
  );

  it('refuses an unknown order', async () => {
    const order = await orderThatIs('NONE', trade);
    expect(await trade.orders.readRefusal('partiesInForce', [order])).toEqual({
      name: 'OrderUnknown',
      args: { order },
    });
  });

  it('refuses an order named twice, or out of order', async () => {
    const [low, high] = sorted([await trade.accepted(), await trade.accepted()]) as [string, string];
    for (const orders of [
      [low, low],
      [high, low],
    ]) {
      expect(await trade.orders.readRefusal('partiesInForce', orders)).toEqual({
        name: 'OrdersUnsorted',
        args: { order: low },
      });
    }
  });

  it('refuses orders of other parties', async () => {
    const otherBuyer = await trade.post({}, trade.consortium.member('other-buyer'));
    await trade.orders.send(trade.supplier.operator, 'accept', otherBuyer);
    const otherSupplier = await trade.post({ supplier: trade.consortium.member('other-supplier').id });
    await trade.orders.send(trade.consortium.member('other-supplier').operator, 'accept', otherSupplier);
    const order = await trade.accepted();
    for (const other of [otherBuyer, otherSupplier]) {
      expect((await trade.orders.readRefusal('partiesInForce', sorted([order, other]))).name).toBe(
        'OrderPartiesDiffer',
      );
    }
  });
});

it('coverVersionOf sums, whatever the orders’ states', async () => {
  const cancelled = await orderThatIs('CANCELLED', trade);
  const received = await trade.accepted();
  await trade.record(trade.buyer, received, 6);
  await trade.record(trade.buyer, received, 8);
  expect(await trade.orders.read('coverVersionOf', [cancelled, received])).toBe(3);
  const unknown = await orderThatIs('NONE', trade);
  expect((await trade.orders.readRefusal('coverVersionOf', [unknown])).name).toBe('OrderUnknown');
});
