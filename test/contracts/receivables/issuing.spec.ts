import { ZeroHash, id } from 'ethers';
import { ORDER_STATES, orderThatIs } from '../orders/trade.js';
import { random32 } from '../support/votes.js';
import { Desk, NOBODY, RECEIVABLE, hash } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.reset());

const refused = (orders: readonly string[], commitment = random32(), holder = desk.stranger().address) =>
  desk.receivables.refusal(desk.supplier.operator, 'issue', orders, commitment, holder, random32());

it('is held by the account named, owed by the orders’ buyer, and no token moved before', async () => {
  const orders = [await desk.trade.accepted(), await desk.trade.accepted()].toSorted();
  const [holder, commitment, random] = [desk.stranger().address, random32(), random32()];
  const { operator } = desk.supplier;
  const receivable = hash(
    ['bytes32', 'bytes32', 'address', 'bytes32'],
    [await desk.receivables.read('domainSeparator'), id('RECEIVABLE'), operator.address, random],
  );
  const { events } = await desk.receivables.send(operator, 'issue', orders, commitment, holder, random);
  const [obligor, supplier] = [desk.buyer.id, desk.supplier.id];
  expect(events).toEqual([
    { name: 'Transfer', args: { from: NOBODY, to: holder, tokenId: BigInt(receivable) } },
    { name: 'ReceivableIssued', args: { receivable, obligor, supplier, holder, commitment, orders } },
  ]);
  expect(await desk.receivable(receivable)).toEqual({
    obligor,
    supplier,
    status: RECEIVABLE.ISSUED,
    scope: 0,
    everEncumbered: false,
    openDisputes: 0,
    coverVersion: 0,
    marks: 0,
    instalment: 0,
    instalments: 0,
    entries: 0,
    holder,
    commitment,
    head: ZeroHash,
  });
  expect(await desk.ordersOf(receivable)).toEqual(orders);
});

it('takes its id from the sender: the same randomness from another is another receivable, from the same is refused', async () => {
  const order = await desk.trade.accepted();
  const args = [[order], random32(), desk.stranger().address, random32()] as const;
  const { events } = await desk.receivables.send(desk.supplier.operator, 'issue', ...args);
  expect(await desk.receivables.refusal(desk.supplier.operator, 'issue', ...args)).toEqual({
    name: 'ReceivableAlreadyIssued',
    args: { receivable: events[1]!.args['receivable'] },
  });
});

it.each(ORDER_STATES)('from an order that is %s', async (state) => {
  const order = await orderThatIs(state, desk.trade);
  if (state === 'ACCEPTED' || state === 'COMPLETED') return void (await desk.issued([order]));
  expect((await refused([order])).name).toBe(state === 'NONE' ? 'OrderUnknown' : 'OrderNotInForce');
});

it('names each order once', async () => {
  const order = await desk.trade.accepted();
  expect(await refused([order, order])).toEqual({ name: 'OrdersUnsorted', args: { order } });
});

it('is born from 1 to 64 orders', async () => {
  expect(await refused([])).toEqual({ name: 'ReceivableInvalidOrderCount', args: { count: 0n, limit: 64n } });
  const orders = await manyOrders(65);
  expect(await refused(orders)).toEqual({ name: 'ReceivableInvalidOrderCount', args: { count: 65n, limit: 64n } });
  await desk.issued(orders.slice(0, 64));
});

it('is for the supplier of the orders only', async () => {
  const order = await desk.trade.accepted();
  const args = [[order], random32(), desk.stranger().address, random32()] as const;
  const other = desk.trade.consortium.member('other-supplier');
  expect(await desk.receivables.refusal(other.operator, 'issue', ...args)).toEqual({
    name: 'ReceivableNotSupplier',
    args: { member: other.id, supplier: desk.supplier.id },
  });
  expect((await desk.receivables.refusal(desk.buyer.operator, 'issue', ...args)).name).toBe('MemberMissingRole');
  expect((await desk.receivables.refusal(desk.stranger(), 'issue', ...args)).name).toBe('MemberUnknownOperator');
});

it('commits to something and is held by somebody', async () => {
  const order = await desk.trade.accepted();
  expect((await refused([order], ZeroHash)).name).toBe('ReceivableCommitmentMissing');
  expect((await refused([order], random32(), NOBODY)).name).toBe('ReceivableHolderMissing');
});

async function manyOrders(count: number): Promise<string[]> {
  const { orders } = desk.trade;
  const postings = await Promise.all(Array.from({ length: count }, () => desk.trade.posting()));
  const { events } = await orders.send(desk.buyer.operator, 'postMany', postings);
  const ids = events.map(({ args }) => args['order'] as string);
  await orders.send(desk.supplier.operator, 'acceptMany', ids);
  return ids.toSorted();
}
