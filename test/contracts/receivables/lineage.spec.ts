import { random32 } from '../support/votes.js';
import { Desk, ENCUMBRANCE } from './desk.js';

// Rule 1: on any path of a lineage at most one lender at a time.
let desk: Desk;
let order: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  order = await desk.trade.accepted();
});

const counts = async (of = order) => {
  const { encumbered, encumberedDescendants } = await desk.trade.order(of);
  return { encumbered, encumberedDescendants };
};
const first = (...objects: string[]) => new Map(objects.map((object) => [object, desk.lenderOf(object)]));

describe('below an encumbered order', () => {
  it('a receivable of it is refused to another lender', async () => {
    await desk.reserve(order);
    const refused = { name: 'OrderAlreadyEncumbered', args: { order, state: ENCUMBRANCE.RESERVED } };
    const receivable = await desk.confirmed([order]);
    expect(await desk.refusedReserve(receivable)).toEqual(refused);
    await desk.disburse(order);
    expect((await desk.refusedReserve(receivable)).name).toBe('OrderAlreadyEncumbered');
    expect(await counts()).toEqual({ encumbered: true, encumberedDescendants: 0 });
  });

  it('also one issued and confirmed before', async () => {
    const receivable = await desk.confirmed([order]);
    await desk.reserve(order);
    expect((await desk.refusedReserve(receivable)).name).toBe('OrderAlreadyEncumbered');
  });

  it('it is reserved when the first lender yields in the same transaction: how a financing rolls over', async () => {
    await desk.reserve(order);
    await desk.disburse(order);
    const receivable = await desk.confirmed([order]);
    await desk.reserve(receivable, { first: first(order) });
    await desk.receivables.send(desk.lenderOf(order), 'release', order, random32());
    expect(await counts()).toEqual({ encumbered: false, encumberedDescendants: 1 });
  });

  it('it is free again once the first lender released, or its reservation lapsed', async () => {
    const receivable = await desk.confirmed([order]);
    await desk.reserve(order);
    await desk.disburse(order);
    await desk.receivables.send(desk.lenderOf(order), 'release', order, random32());
    await desk.reserve(receivable);
    await desk.receivables.send(desk.lenderOf(receivable), 'drop', receivable);
    await desk.reserve(order);
    await desk.trade.pass(3 * 86_400);
    await desk.reserve(receivable);
  });

  it('the yielding is to that lender on those terms', async () => {
    await desk.reserve(order);
    const receivable = await desk.confirmed([order]);
    const agreed = await desk.agree(receivable, { first: first(order) });
    const other = await desk.agree(receivable);
    const swapped = [...other.slice(0, 3), agreed[3]];
    expect(await desk.receivables.refusal(desk.stranger(), 'reserve', ...swapped)).toEqual({
      name: 'ConsentInvalidSignature',
      args: { signer: desk.lenderOf(order).address },
    });
  });

  it('it is the first lender’s own signature that counts', async () => {
    await desk.reserve(order);
    const receivable = await desk.confirmed([order]);
    const refused = await desk.refusedReserve(receivable, { first: new Map([[order, desk.stranger()]]) });
    expect(refused).toMatchObject({ name: 'ConsentWrongSigner', args: { required: desk.lenderOf(order).address } });
  });
});

describe('above encumbered receivables', () => {
  it('the order is refused to another lender', async () => {
    await desk.reserve(await desk.confirmed([order]));
    await desk.reserve(await desk.confirmed([order]));
    expect(await desk.refusedReserve(order)).toEqual({
      name: 'OrderDescendantsEncumbered',
      args: { order, encumbered: 2, consented: 0 },
    });
  });

  it('it is reserved when the lenders of all of them yield, not of some', async () => {
    const receivables = [await desk.confirmed([order]), await desk.confirmed([order])].toSorted();
    for (const receivable of receivables) await desk.reserve(receivable);
    expect(await desk.refusedReserve(order, { first: first(receivables[1]!) })).toEqual({
      name: 'OrderDescendantsEncumbered',
      args: { order, encumbered: 2, consented: 1 },
    });
    await desk.reserve(order, { first: first(...receivables) });
    expect(await counts()).toEqual({ encumbered: true, encumberedDescendants: 2 });
  });

  it('one lender’s two signatures do not stand for two lenders', async () => {
    const [one, two] = [await desk.confirmed([order]), await desk.confirmed([order])];
    await desk.reserve(one);
    await desk.reserve(two);
    const agreement = await desk.agree(order, { first: first(one) });
    const again = await desk.agree(order, { first: first(one) }, agreement[0]);
    const doubled = [...agreement.slice(0, 3), [...agreement[3], ...again[3]]];
    expect(await desk.receivables.refusal(desk.stranger(), 'reserve', ...doubled)).toEqual({
      name: 'ConsentUnexpected',
      args: { object: one },
    });
  });

  it('lapsed ones that are named are cleared on the way, without a signature', async () => {
    const [lapsed, live] = [await desk.confirmed([order]), await desk.confirmed([order])];
    await desk.reserve(lapsed);
    await desk.trade.pass(3 * 86_400);
    await desk.reserve(live);
    expect(await desk.refusedReserve(order, { first: first(live) })).toMatchObject({
      name: 'OrderDescendantsEncumbered',
      args: { encumbered: 2, consented: 1 },
    });
    const named = first(...[lapsed, live].toSorted());
    named.set(lapsed, desk.stranger());
    await desk.reserve(order, { first: named });
    expect(await counts()).toEqual({ encumbered: true, encumberedDescendants: 1 });
  });

  it('consents for anything else are refused', async () => {
    const [mine, free] = [await desk.confirmed([order]), await desk.confirmed([order])];
    const elsewhere = await desk.confirmed();
    await desk.reserve(mine);
    await desk.reserve(elsewhere);
    for (const object of [free, elsewhere]) {
      const named = new Map([[object, desk.stranger()]]);
      expect(await desk.refusedReserve(order, { first: named })).toEqual({
        name: 'ConsentUnexpected',
        args: { object },
      });
    }
  });
});

describe('siblings', () => {
  it('are free of each other, and counted one by one', async () => {
    const [one, two] = [await desk.confirmed([order]), await desk.confirmed([order])];
    await desk.reserve(one);
    await desk.reserve(two);
    expect(await counts()).toEqual({ encumbered: false, encumberedDescendants: 2 });
    await desk.receivables.send(desk.lenderOf(one), 'drop', one);
    expect(await counts()).toEqual({ encumbered: false, encumberedDescendants: 1 });
    await desk.disburse(two);
    expect(await counts()).toEqual({ encumbered: false, encumberedDescendants: 1 });
    await desk.receivables.send(desk.lenderOf(two), 'release', two, random32());
    expect(await counts()).toEqual({ encumbered: false, encumberedDescendants: 0 });
  });
});

describe('a collective invoice', () => {
  it('is counted under each of its orders, and freed under each', async () => {
    const other = await desk.trade.accepted();
    const receivable = await desk.confirmed([order, other]);
    await desk.reserve(receivable);
    for (const each of [order, other]) expect((await counts(each)).encumberedDescendants).toBe(1);
    for (const each of [order, other])
      expect((await desk.refusedReserve(each)).name).toBe('OrderDescendantsEncumbered');
    await desk.trade.pass(3 * 86_400);
    await desk.receivables.send(desk.stranger(), 'lapse', receivable);
    for (const each of [order, other]) expect((await counts(each)).encumberedDescendants).toBe(0);
  });

  it('needs the lender of each encumbered order, in the orders’ order', async () => {
    const other = await desk.trade.accepted();
    const free = await desk.trade.accepted();
    const receivable = await desk.confirmed([order, other, free]);
    await desk.reserve(order);
    await desk.reserve(other);
    const [low, high] = [order, other].toSorted() as [string, string];
    const refused = (object: string) => ({ name: 'OrderAlreadyEncumbered', args: { order: object, state: 1 } });
    expect(await desk.refusedReserve(receivable, { first: first(low) })).toEqual(refused(high));
    expect(await desk.refusedReserve(receivable, { first: first(high) })).toEqual(refused(low));
    expect(await desk.refusedReserve(receivable, { first: first(high, low) })).toEqual(refused(low));
    const surplus = first(low, high);
    surplus.set(free, desk.stranger());
    expect(await desk.refusedReserve(receivable, { first: surplus })).toEqual({
      name: 'ConsentUnexpected',
      args: { object: free },
    });
    await desk.reserve(receivable, { first: first(low, high) });
  });
});

describe('cancellation of the order', () => {
  const cancel = () => desk.trade.orders.refusal(desk.buyer.operator, 'cancel', order);

  it('is refused while it or a receivable of it is encumbered', async () => {
    await desk.reserve(order);
    expect(await cancel()).toEqual({
      name: 'OrderEncumbered',
      args: { order, encumbered: true, encumberedDescendants: 0 },
    });
    const receivable = await desk.confirmed([order]);
    await desk.reserve(receivable, { first: first(order) });
    await desk.receivables.send(desk.lenderOf(order), 'drop', order);
    expect(await cancel()).toEqual({
      name: 'OrderEncumbered',
      args: { order, encumbered: false, encumberedDescendants: 1 },
    });
  });

  it('that one side wanted before is not completed by the other while it is encumbered', async () => {
    await desk.trade.orders.send(desk.supplier.operator, 'cancel', order);
    await desk.reserve(order);
    expect((await cancel()).name).toBe('OrderEncumbered');
  });

  it.each(['order', 'receivable'])('is possible again once a lapsed reservation of the %s is cleared', async (what) => {
    const object = what === 'order' ? order : await desk.confirmed([order]);
    await desk.reserve(object);
    await desk.trade.pass(3 * 86_400);
    expect((await cancel()).name).toBe('OrderEncumbered');
    await desk.receivables.send(desk.stranger(), 'lapse', object);
    await desk.trade.both('cancel', order);
  });
});
