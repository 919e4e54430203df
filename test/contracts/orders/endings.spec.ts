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

const sides = [
  ['buyer', 'supplier'],
  ['supplier', 'buyer'],
] as const;

describe.each([
  ['cancel', 'OrderCancellationProposed', STATUS.CANCELLED],
  ['complete', 'OrderCompletionProposed', STATUS.COMPLETED],
] as const)('%s', (act, proposed, status) => {
  it.each(sides)('takes the word of both, the %s’s first', async (first, second) => {
    const { events } = await trade.orders.send(trade[first].operator, act, order);
    expect(events).toEqual([{ name: proposed, args: { order, by: trade[first].id } }]);
    expect((await trade.order(order)).status).toBe(STATUS.ACCEPTED);

    await trade.orders.send(trade[second].operator, act, order);
    expect(await trade.order(order)).toMatchObject({ status, proposals: 0 });
  });

  it.each(sides)('is not done by the %s alone', async (first) => {
    await trade.orders.send(trade[first].operator, act, order);
    expect(await trade.orders.refusal(trade[first].operator, act, order)).toEqual({
      name: 'OrderAlreadyProposed',
      args: { order, member: trade[first].id },
    });
  });

  it('is for the two parties only', async () => {
    const other = trade.consortium.member('other-buyer');
    expect(await trade.orders.refusal(other.operator, act, order)).toEqual({
      name: 'OrderUnauthorized',
      args: { order, member: other.id },
    });
  });

  it('does not follow a proposal that was taken back', async () => {
    await trade.orders.send(trade.supplier.operator, act, order);
    const { events } = await trade.orders.send(trade.supplier.operator, 'retract', order);
    expect(events).toEqual([{ name: 'OrderProposalsRetracted', args: { order, by: trade.supplier.id } }]);
    await trade.orders.send(trade.buyer.operator, act, order);
    expect((await trade.order(order)).status).toBe(STATUS.ACCEPTED);
  });

  it('leaves no pending change behind', async () => {
    await trade.orders.send(trade.buyer.operator, 'proposeChange', order, random32());
    await trade.both(act, order);
    expect(await trade.orders.read('pendingCommitmentOf', order)).toMatch(/^0x0+$/);
    expect((await trade.orders.refusal(trade.supplier.operator, 'declineChange', order)).name).toBe(
      'OrderChangeMissing',
    );
  });
});

it('a wish to cancel and a wish to complete do not meet', async () => {
  await trade.orders.send(trade.buyer.operator, 'cancel', order);
  await trade.orders.send(trade.supplier.operator, 'complete', order);
  expect((await trade.order(order)).status).toBe(STATUS.ACCEPTED);
});

it('one side retracts only its own wishes', async () => {
  await trade.orders.send(trade.buyer.operator, 'cancel', order);
  expect(await trade.orders.refusal(trade.supplier.operator, 'retract', order)).toEqual({
    name: 'OrderNothingProposed',
    args: { order, member: trade.supplier.id },
  });
  await trade.orders.send(trade.supplier.operator, 'complete', order);
  await trade.orders.send(trade.supplier.operator, 'retract', order);
  await trade.orders.send(trade.supplier.operator, 'cancel', order);
  expect((await trade.order(order)).status).toBe(STATUS.CANCELLED);
});

it('retract leaves a proposed change alone', async () => {
  await trade.orders.send(trade.buyer.operator, 'proposeChange', order, random32());
  expect((await trade.orders.refusal(trade.buyer.operator, 'retract', order)).name).toBe('OrderNothingProposed');
});

it('cancellation lowers cover and says so, completion does not', async () => {
  const completed = await trade.accepted();
  await trade.both('complete', completed);
  expect((await trade.order(completed)).coverVersion).toBe(0);
  await trade.orders.send(trade.buyer.operator, 'cancel', order);
  const { events } = await trade.orders.send(trade.supplier.operator, 'cancel', order);
  expect(events).toEqual([{ name: 'OrderCancelled', args: { order, coverVersion: 1 } }]);
  expect((await trade.order(order)).coverVersion).toBe(1);
});
