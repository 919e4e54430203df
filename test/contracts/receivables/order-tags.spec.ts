import { id } from 'ethers';
import { tagKey } from '../support/consortium.js';
import { KEY_KIND } from '../support/plan.js';
import { random32 } from '../support/votes.js';
import { Desk, type OrderTag } from './desk.js';

// Rule 2: one purchase order posted twice is financed once.
let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.reset());

const addTagKey = () =>
  desk.trade.consortium.registry('MemberRegistry').send(desk.buyer.admin, 'addKey', KEY_KIND.TAG, tagKey(99));

it('the first encumbrance of an order takes its tag', async () => {
  const order = await desk.trade.accepted();
  const tag = await desk.tag(order);
  const { events } = await desk.reserve(order, {}, { orderTags: [tag] });
  expect(events[0]).toEqual({
    name: 'OrderTagRegistered',
    args: { buyer: desk.buyer.id, tag: tag.tags[0], order },
  });
  expect(await desk.receivables.read('orderOfTag', desk.buyer.id, tag.tags[0])).toBe(order);
});

it.each(['order', 'receivable'] as const)('the same purchase order posted twice is refused as %s', async (what) => {
  const tags = [id('PO 4711')];
  const [first, second] = [await desk.trade.accepted(), await desk.trade.accepted()];
  await desk.reserve(await desk.confirmed([first]), {}, { orderTags: [await desk.tag(first, tags)] });
  const object = what === 'order' ? second : await desk.confirmed([second]);
  expect(await desk.refusedReserve(object, {}, { orderTags: [await desk.tag(second, tags)] })).toEqual({
    name: 'OrderTagTaken',
    args: { buyer: desk.buyer.id, tag: tags[0], order: first },
  });
});

it('even when the first was released, dropped or lapsed', async () => {
  const tags = [id('PO 4711')];
  const [first, second] = [await desk.trade.accepted(), await desk.trade.accepted()];
  await desk.reserve(first, {}, { orderTags: [await desk.tag(first, tags)] });
  await desk.receivables.send(desk.lenderOf(first), 'drop', first);
  const refused = await desk.refusedReserve(second, {}, { orderTags: [await desk.tag(second, tags)] });
  expect(refused.name).toBe('OrderTagTaken');
  await desk.reserve(first, {}, { orderTags: [await desk.tag(first, tags)] });
});

it('a tag is its buyer’s: the same one under another buyer is another order’s', async () => {
  const tags = [id('PO 4711')];
  const order = await desk.trade.accepted();
  await desk.reserve(order, {}, { orderTags: [await desk.tag(order, tags)] });
  const other = desk.trade.consortium.member('other-buyer');
  const theirs = await desk.trade.post({}, other);
  await desk.trade.orders.send(desk.supplier.operator, 'accept', theirs);
  await desk.reserve(theirs, {}, { orderTags: [await desk.tag(theirs, tags, other.operator)] });
  expect(await desk.receivables.read('orderOfTag', other.id, tags[0])).toBe(theirs);
});

it('siblings share their order’s tag, and need the buyer’s signature no more', async () => {
  const order = await desk.trade.accepted();
  await desk.reserve(await desk.confirmed([order]));
  const unsigned = { ...(await desk.tag(order)), buyerSignature: '0x', buyerAccount: desk.stranger().address };
  await desk.reserve(await desk.confirmed([order]), {}, { orderTags: [unsigned] });
});

it('after a rotation of the tag key one is owed for each key, the old one’s clash included', async () => {
  const old = id('PO 4711 under key 1');
  const [first, second] = [await desk.trade.accepted(), await desk.trade.accepted()];
  await desk.reserve(first, {}, { orderTags: [await desk.tag(first, [old])] });
  await addTagKey();
  const mismatch = { name: 'TagCountMismatch', args: { obligor: desk.buyer.id, given: 1n, tagKeys: 2 } };
  expect(await desk.refusedReserve(second, {}, { orderTags: [await desk.tag(second, [random32()])] })).toEqual(
    mismatch,
  );
  const both = await desk.tag(second, [old, random32()]);
  expect((await desk.refusedReserve(second, {}, { orderTags: [both] })).name).toBe('OrderTagTaken');
  const honest = await desk.tag(second, [random32(), random32()]);
  await desk.reserve(second, {}, { orderTags: [honest] });
  for (const tag of honest.tags) {
    expect(await desk.receivables.read('orderOfTag', desk.buyer.id, tag)).toBe(second);
  }
});

describe('the buyer’s signature', () => {
  const refusedWith = async (change: (tag: OrderTag) => OrderTag | Promise<OrderTag>) => {
    const order = await desk.trade.accepted();
    return desk.refusedReserve(order, {}, { orderTags: [await change(await desk.tag(order))] });
  };

  it('is over this order', async () => {
    const other = await desk.trade.accepted();
    const refused = await refusedWith(async (tag) => ({ ...(await desk.tag(other, tag.tags)), order: tag.order }));
    expect(refused).toEqual({ name: 'ConsentInvalidSignature', args: { signer: desk.buyer.operator.address } });
  });

  it('is over these tags', async () => {
    expect((await refusedWith((tag) => ({ ...tag, tags: [random32()] }))).name).toBe('ConsentInvalidSignature');
  });

  it('is the buyer’s, not the supplier’s', async () => {
    const { operator } = desk.supplier;
    const refused = await refusedWith(({ order, tags }) => desk.tag(order, tags, operator));
    expect(refused).toMatchObject({ name: 'EncumbranceUnauthorized', args: { account: operator.address } });
  });

  it('is of a live operator', async () => {
    const order = await desk.trade.accepted();
    const agreement = await desk.agree(order);
    await desk.trade.revokeOperator(desk.buyer);
    const refused = await desk.receivables.refusal(desk.stranger(), 'reserve', ...agreement);
    expect(refused).toMatchObject({
      name: 'MemberKeyRevoked',
      args: { account: desk.buyer.operator.address },
    });
  });
});

describe('tags are given for the whole lineage, in its order', () => {
  it('as many as orders', async () => {
    const order = await desk.trade.accepted();
    const tag = await desk.tag(order);
    for (const orderTags of [[], [tag, tag]]) {
      expect(await desk.refusedReserve(order, {}, { orderTags })).toEqual({
        name: 'OrderTagCountMismatch',
        args: { given: BigInt(orderTags.length), required: 1n },
      });
    }
  });

  it('one after the other', async () => {
    const receivable = await desk.confirmed([await desk.trade.accepted(), await desk.trade.accepted()]);
    const [first, second] = await desk.ordersOf(receivable);
    const orderTags = [await desk.tag(second!), await desk.tag(first!)];
    expect(await desk.refusedReserve(receivable, {}, { orderTags })).toEqual({
      name: 'OrderTagMismatch',
      args: { given: second, required: first },
    });
    const twice = [await desk.tag(first!), await desk.tag(first!)];
    expect((await desk.refusedReserve(receivable, {}, { orderTags: twice })).name).toBe('OrderTagMismatch');
  });

  it('two orders of one collective invoice cannot be the same purchase order', async () => {
    const receivable = await desk.confirmed([await desk.trade.accepted(), await desk.trade.accepted()]);
    const tags = [id('PO 4711')];
    const orders = await desk.ordersOf(receivable);
    const orderTags = await Promise.all(orders.map((order) => desk.tag(order, tags)));
    expect(await desk.refusedReserve(receivable, {}, { orderTags })).toMatchObject({
      name: 'OrderTagTaken',
      args: { order: orders[0] },
    });
  });
});
