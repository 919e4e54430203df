import { ZeroHash } from 'ethers';
import { random32 } from '../support/votes.js';
import { STATUS, Trade } from './trade.js';

let trade: Trade;
let order: string;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(async () => {
  await trade.reset();
  order = await trade.accepted();
});

const propose = async (by: 'buyer' | 'supplier', commitment = random32()) => {
  const sent = await trade.orders.send(trade[by].operator, 'proposeChange', order, commitment);
  return { ...sent, commitment };
};

it.each([
  ['buyer', 'supplier'],
  ['supplier', 'buyer'],
] as const)('what the %s proposes becomes version 2 when the %s accepts it', async (by, other) => {
  const { commitment, events } = await propose(by);
  expect(events).toEqual([
    { name: 'OrderChangeProposed', args: { order, version: 2, commitment, proposer: trade[by].id } },
  ]);
  expect(await trade.orders.read('pendingCommitmentOf', order)).toBe(commitment);
  expect((await trade.order(order)).version).toBe(1);

  const accepted = await trade.orders.send(trade[other].operator, 'acceptChange', order, 2, commitment, []);
  expect(accepted.events).toEqual([{ name: 'OrderChanged', args: { order, version: 2, commitment, coverVersion: 1 } }]);
  expect(await trade.order(order)).toMatchObject({ version: 2, coverVersion: 1, proposals: 0 });
  expect(await trade.orders.read('commitmentOf', order)).toBe(commitment);
  expect(await trade.orders.read('pendingCommitmentOf', order)).toBe(ZeroHash);
});

it('versions follow one another', async () => {
  for (const version of [2, 3, 4]) {
    const { commitment } = await propose('buyer');
    await trade.orders.send(trade.supplier.operator, 'acceptChange', order, version, commitment, []);
  }
  expect(await trade.order(order)).toMatchObject({ version: 4, coverVersion: 3 });
});

it('nobody accepts its own proposal', async () => {
  const { commitment } = await propose('buyer');
  expect(await trade.orders.refusal(trade.buyer.operator, 'acceptChange', order, 2, commitment, [])).toEqual({
    name: 'OrderAlreadyProposed',
    args: { order, member: trade.buyer.id },
  });
});

it('what was swapped underneath is not accepted', async () => {
  const { commitment: seen } = await propose('buyer');
  await trade.orders.send(trade.buyer.operator, 'declineChange', order);
  const { commitment } = await propose('buyer');
  const refused = { name: 'OrderChangeMismatch', args: { order, version: 2, commitment } };
  const accept = (version: number, root: string) =>
    trade.orders.refusal(trade.supplier.operator, 'acceptChange', order, version, root, []);
  expect(await accept(2, seen)).toEqual(refused);
  expect(await accept(3, commitment)).toEqual(refused);
  expect(await accept(1, commitment)).toEqual(refused);
});

it('one change waits at a time', async () => {
  await propose('buyer');
  for (const by of ['buyer', 'supplier'] as const) {
    expect(await trade.orders.refusal(trade[by].operator, 'proposeChange', order, random32())).toEqual({
      name: 'OrderChangePending',
      args: { order, version: 2 },
    });
  }
});

it.each(['buyer', 'supplier'] as const)('the %s can decline it, or take it back', async (by) => {
  await propose('buyer');
  const { events } = await trade.orders.send(trade[by].operator, 'declineChange', order);
  expect(events).toEqual([{ name: 'OrderChangeDeclined', args: { order, version: 2, by: trade[by].id } }]);
  expect(await trade.orders.read('pendingCommitmentOf', order)).toBe(ZeroHash);
  await propose('supplier');
});

it('a change to nothing is none', async () => {
  expect((await trade.orders.refusal(trade.buyer.operator, 'proposeChange', order, ZeroHash)).name).toBe(
    'OrderCommitmentMissing',
  );
});

it('a new version voids the wishes to cancel or complete the old one', async () => {
  await trade.orders.send(trade.supplier.operator, 'cancel', order);
  await trade.orders.send(trade.supplier.operator, 'complete', order);
  const { commitment } = await propose('buyer');
  await trade.orders.send(trade.supplier.operator, 'acceptChange', order, 2, commitment, []);
  await trade.orders.send(trade.buyer.operator, 'cancel', order);
  expect((await trade.order(order)).status).toBe(STATUS.ACCEPTED);
});

it('is for the two parties only', async () => {
  const other = trade.consortium.member('other-supplier');
  const refused = { name: 'OrderUnauthorized', args: { order, member: other.id } };
  const { commitment } = await propose('buyer');
  expect(await trade.orders.refusal(other.operator, 'acceptChange', order, 2, commitment, [])).toEqual(refused);
  expect(await trade.orders.refusal(other.operator, 'declineChange', order)).toEqual(refused);
  expect(await trade.orders.refusal(other.operator, 'proposeChange', order, commitment)).toEqual(refused);
});
