import { ZeroHash } from 'ethers';
import { random32 } from '../support/votes.js';
import { MILESTONE, STATUS, Trade, orderThatIs } from './trade.js';

// Rule 10: suspension takes the right to begin, not the duty to finish.
let trade: Trade;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(() => trade.reset());

const suspended = (member: number) => ({ name: 'MemberNotActive', args: { member, status: 2 } });

describe('a suspended buyer', () => {
  it('posts nothing, and nothing of it is accepted', async () => {
    const order = await trade.post();
    await trade.suspend(trade.buyer);
    const { supplier, commitment, tag, expiry } = await trade.posting();
    const refused = suspended(trade.buyer.id);
    const { buyer, orders } = trade;
    expect(await orders.refusal(buyer.operator, 'post', supplier, commitment, tag, expiry)).toEqual(refused);
    expect(await orders.refusal(buyer.operator, 'postMany', [await trade.posting()])).toEqual(refused);
    expect(await orders.refusal(trade.supplier.operator, 'accept', order)).toEqual(refused);
    expect(await orders.refusal(trade.supplier.operator, 'acceptMany', [order])).toEqual(refused);
  });

  it('still withdraws, and the supplier still rejects', async () => {
    const [one, two] = [await trade.post(), await trade.post()];
    await trade.suspend(trade.buyer);
    await trade.orders.send(trade.buyer.operator, 'withdraw', one);
    await trade.orders.send(trade.supplier.operator, 'reject', two, random32());
  });

  it('still reports and corrects receipts', async () => {
    const order = await trade.accepted();
    const done = await orderThatIs('COMPLETED', trade);
    await trade.suspend(trade.buyer);
    await trade.record(trade.buyer, order, MILESTONE.RECEIVED);
    await trade.record(trade.buyer, done, MILESTONE.RECEIVED, random32(), random32());
  });

  it('still completes and cancels', async () => {
    const [one, two] = [await trade.accepted(), await trade.accepted()];
    await trade.suspend(trade.buyer);
    await trade.both('complete', one);
    await trade.both('cancel', two);
    expect((await trade.order(one)).status).toBe(STATUS.COMPLETED);
    expect((await trade.order(two)).status).toBe(STATUS.CANCELLED);
  });

  it('appoints nobody', async () => {
    const order = await trade.accepted();
    await trade.suspend(trade.buyer);
    const args = [order, trade.carrier.id, 1 << MILESTONE.INSPECTED, 2 ** 32] as const;
    expect(await trade.orders.refusal(trade.buyer.operator, 'appoint', ...args)).toEqual(suspended(trade.buyer.id));
    await trade.orders.send(trade.supplier.operator, 'appoint', ...args);
  });
});

describe('a suspended supplier', () => {
  it('is posted nothing and accepts nothing, but rejects', async () => {
    const order = await trade.post();
    await trade.suspend(trade.supplier);
    const refused = suspended(trade.supplier.id);
    const { supplier, commitment, tag, expiry } = await trade.posting();
    const { operator } = trade.buyer;
    expect(await trade.orders.refusal(operator, 'post', supplier, commitment, tag, expiry)).toEqual(refused);
    expect(await trade.orders.refusal(trade.supplier.operator, 'accept', order)).toEqual(refused);
    await trade.orders.send(trade.supplier.operator, 'reject', order, random32());
  });

  it('still fulfils', async () => {
    const order = await trade.accepted();
    await trade.suspend(trade.supplier);
    await trade.record(trade.supplier, order, MILESTONE.DESPATCHED);
  });
});

describe.each(['buyer', 'supplier'] as const)('while the %s is suspended', (who) => {
  it('no change is proposed or accepted, but one can be declined', async () => {
    const [order, waiting] = [await trade.accepted(), await trade.accepted()];
    const commitment = random32();
    await trade.orders.send(trade.buyer.operator, 'proposeChange', waiting, commitment);
    await trade.suspend(trade[who]);
    const refused = suspended(trade[who].id);
    for (const { operator } of [trade.buyer, trade.supplier]) {
      expect(await trade.orders.refusal(operator, 'proposeChange', order, random32())).toEqual(refused);
    }
    const accept = trade.orders.refusal(trade.supplier.operator, 'acceptChange', waiting, 2, commitment, []);
    expect(await accept).toEqual(refused);
    await trade.orders.send(trade[who].operator, 'declineChange', waiting);
  });
});

it('a suspended carrier is not appointed, but finishes what it was appointed for', async () => {
  const [order, other] = [await trade.accepted(), await trade.accepted()];
  const kinds = 1 << MILESTONE.DELIVERED;
  await trade.orders.send(trade.buyer.operator, 'appoint', order, trade.carrier.id, kinds, 2 ** 32);
  await trade.suspend(trade.carrier);
  await trade.record(trade.carrier, order, MILESTONE.DELIVERED);
  const again = trade.orders.refusal(trade.buyer.operator, 'appoint', other, trade.carrier.id, kinds, 2 ** 32);
  expect(await again).toEqual(suspended(trade.carrier.id));
});

it('a revoked operator does nothing any more, not even what is a duty', async () => {
  const [posted, order] = [await trade.post(), await trade.accepted()];
  await trade.revokeOperator(trade.supplier);
  await trade.revokeOperator(trade.buyer);
  const acts = [
    [trade.supplier, 'reject', [posted, random32()]],
    [trade.buyer, 'withdraw', [posted]],
    [trade.supplier, 'record', [order, MILESTONE.DESPATCHED, random32(), ZeroHash]],
    [trade.buyer, 'cancel', [order]],
    [trade.supplier, 'complete', [order]],
    [trade.supplier, 'accept', [posted]],
    [trade.buyer, 'declineChange', [order]],
  ] as const;
  for (const [by, fn, args] of acts) {
    expect((await trade.orders.refusal(by.operator, fn, ...args)).name).toBe('MemberKeyRevoked');
  }
});
