import { ORDER_STATES, STATUS, orderThatIs } from '../orders/trade.js';
import { random32 } from '../support/votes.js';
import { Desk, detailsOf, ENCUMBRANCE, hash, KIND } from './desk.js';

const FIVE_DAYS = 5 * 86_400;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.reset());

const objects = ['receivable', 'order'] as const;
const made = (what: (typeof objects)[number]) => (what === 'order' ? desk.trade.accepted() : desk.confirmed());

describe.each(objects)('a reservation of a(n) %s', (what) => {
  it('carries both consents and is sent by anyone', async () => {
    const object = await made(what);
    const agreement = await desk.agree(object);
    const [{ lender, kind, disburseBy, terms }] = agreement;
    const { events } = await desk.receivables.send(desk.stranger(), 'reserve', ...agreement);
    const onOrder = what === 'order';
    expect(events.at(-1)).toEqual({
      name: 'EncumbranceReserved',
      args: { object, lender, onOrder, kind, disburseBy, terms, coverVersion: onOrder ? 0 : 1 },
    });
    expect(await desk.encumbrance(object)).toEqual({
      lender,
      state: ENCUMBRANCE.RESERVED,
      kind,
      noticeGiven: false,
      disburseBy,
      contested: false,
      recourseCalled: false,
    });
  });

  it('is the only one: a second lender is refused, whoever sends it', async () => {
    const object = await made(what);
    await desk.reserve(object);
    const name = what === 'order' ? 'OrderAlreadyEncumbered' : 'ReceivableAlreadyEncumbered';
    const args = { [what]: object, state: ENCUMBRANCE.RESERVED };
    expect(await desk.refusedReserve(object)).toEqual({ name, args });
    await desk.disburse(object);
    expect(await desk.refusedReserve(object)).toEqual({ name, args: { ...args, state: ENCUMBRANCE.ASSIGNED } });
  });

  it('is the only one, be it that the first lender yields: on the object itself it lets go first', async () => {
    const object = await made(what);
    await desk.reserve(object);
    const name = what === 'order' ? 'OrderAlreadyEncumbered' : 'ReceivableAlreadyEncumbered';
    const first = new Map([[object, desk.lenderOf(object)]]);
    const args = { [what]: object, state: ENCUMBRANCE.RESERVED };
    expect(await desk.refusedReserve(object, { first })).toEqual({ name, args });
  });

  it('of two banks at once one gets it', async () => {
    const object = await made(what);
    const [a, b] = [await desk.agree(object), await desk.agree(object)];
    await desk.receivables.send(desk.stranger(), 'reserve', ...a);
    const refused = await desk.receivables.refusal(desk.stranger(), 'reserve', ...b);
    expect(refused.name).toMatch(/^(Order|Receivable)AlreadyEncumbered$/);
    expect((await desk.encumbrance(object)).lender).toBe(a[0].lender);
  });

  it('lapses by itself, and the object is financed elsewhere', async () => {
    const object = await made(what);
    await desk.reserve(object);
    const first = desk.lenderOf(object);
    await desk.trade.pass(2 * 86_400 + 60);
    expect(await desk.stateOf(object)).toBe(ENCUMBRANCE.NONE);
    const { events } = await desk.reserve(object);
    expect(events.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['EncumbranceLapsed', 'EncumbranceReserved']),
    );
    await desk.disburse(object);
    expect((await desk.encumbrance(object)).lender).not.toBe(first.address);
    expect((await desk.receivables.refusal(first, 'disburse', object, random32())).name).toBe(
      'EncumbranceUnauthorized',
    );
  });

  it.each([
    ['yesterday', -86_400],
    ['later than in five days', FIVE_DAYS + 60],
  ])('is not until %s', async (_, seconds) => {
    const object = await made(what);
    const disburseBy = (await desk.trade.now()) + seconds;
    const refused = await desk.refusedReserve(object, {}, { disburseBy });
    expect(refused).toMatchObject({ name: 'EncumbranceInvalidDisburseBy', args: { disburseBy } });
  });

  it('can hold for five days', async () => {
    const object = await made(what);
    await desk.reserve(object, {}, { disburseBy: (await desk.trade.now()) + FIVE_DAYS });
  });

  it.each([0, 3, 255])('is of no kind %i', async (kind) => {
    expect(await desk.refusedReserve(await made(what), {}, { kind })).toEqual({
      name: 'EncumbranceUnknownKind',
      args: { kind },
    });
  });

  it.each([
    [KIND.PLEDGE, ENCUMBRANCE.PLEDGED],
    [KIND.ASSIGNMENT, ENCUMBRANCE.ASSIGNED],
  ])('of kind %i becomes state %i', async (kind, state) => {
    const object = await made(what);
    await desk.reserve(object, {}, { kind });
    await desk.disburse(object);
    expect(await desk.stateOf(object)).toBe(state);
  });
});

describe('a claim on an order', () => {
  it('raises its cover version and that of what was born from it, once', async () => {
    const order = await desk.trade.accepted();
    const receivable = await desk.confirmed([order]);
    const versions = async () =>
      Promise.all([order, receivable].map((object) => desk.receivables.read('coverVersionOf', object)));
    expect(await versions()).toEqual([1, 1]);
    await desk.reserve(order);
    expect(await versions()).toEqual([2, 2]);
    await desk.disburse(order);
    expect(await versions()).toEqual([2, 2]);
  });

  it('makes stale what was offered on a receivable before: nobody is bound below a claim that it has not seen', async () => {
    const order = await desk.trade.accepted();
    const receivable = await desk.confirmed([order]);
    const [reservation, holder, lender] = await desk.agree(receivable);
    await desk.reserve(order);
    await desk.disburse(order);
    const first = desk.lenderOf(order);
    const yielded = hash(['bytes32', 'bytes32'], [receivable, detailsOf(reservation)]);
    const yields = [{ object: order, consent: await desk.consent(first, order, 'YIELD', yielded) }];
    const args = [reservation, holder, lender, yields] as const;
    expect(await desk.receivables.refusal(desk.stranger(), 'reserve', ...args)).toEqual({
      name: 'ConsentStale',
      args: { given: 1, current: 2 },
    });
    await desk.reserve(receivable, { first: new Map([[order, first]]) });
  });
});

describe('what can be reserved', () => {
  it.each(ORDER_STATES)('an order that is %s', async (state) => {
    const order = await orderThatIs(state, desk.trade);
    const agreement = await desk.agree(order, {}, {}).catch(() => undefined);
    if (state === 'NONE') {
      // No consent can name a cover version of what is not there.
      expect(agreement).toBeUndefined();
      const template = await desk.agree(await desk.trade.accepted());
      const unknown = [{ ...template[0], object: order }, ...template.slice(1)];
      expect(await desk.receivables.refusal(desk.stranger(), 'reserve', ...unknown)).toEqual({
        name: 'EncumbranceUnknownObject',
        args: { object: order },
      });
      return;
    }
    if (state === 'ACCEPTED') return void (await desk.receivables.send(desk.stranger(), 'reserve', ...agreement!));
    const status = STATUS[state === 'LAPSED' ? 'POSTED' : state];
    expect(await desk.receivables.refusal(desk.stranger(), 'reserve', ...agreement!)).toEqual({
      name: 'EncumbranceOrderNotAccepted',
      args: { order, status },
    });
  });

  it('no receivable that the obligor has not confirmed', async () => {
    const receivable = await desk.issued();
    expect(await desk.refusedReserve(receivable)).toEqual({
      name: 'ReceivableNotConfirmed',
      args: { receivable, status: 1 },
    });
  });

  it('no disputed receivable, until all disputes are closed', async () => {
    const receivable = await desk.confirmed();
    const disputes = [await desk.dispute(receivable), await desk.dispute(receivable)];
    for (const [i, index] of disputes.entries()) {
      expect(await desk.refusedReserve(receivable)).toEqual({
        name: 'ReceivableDisputed',
        args: { receivable, openDisputes: 2 - i },
      });
      await desk.receivables.send(desk.buyer.operator, 'resolveDispute', receivable, index, random32());
    }
    await desk.reserve(receivable);
  });

  it('no receivable of an order cancelled since', async () => {
    const order = await desk.trade.accepted();
    const receivable = await desk.confirmed([order]);
    await desk.trade.both('cancel', order);
    expect((await desk.refusedReserve(receivable)).name).toBe('OrderNotInForce');
  });

  it('a receivable of a completed order', async () => {
    const order = await orderThatIs('COMPLETED', desk.trade);
    await desk.reserve(await desk.confirmed([order]));
  });

  it('a collective invoice of 64 orders, within a block of 16 million gas', async () => {
    const postings = await Promise.all(Array.from({ length: 64 }, () => desk.trade.posting()));
    const { events } = await desk.trade.orders.send(desk.buyer.operator, 'postMany', postings);
    const orders = events.map(({ args }) => args['order'] as string);
    await desk.trade.orders.send(desk.supplier.operator, 'acceptMany', orders);
    const receivable = await desk.confirmed(orders);
    const { gas } = await desk.reserve(receivable);
    expect(gas).toBeLessThan(8_000_000);
    expect((await desk.trade.order(orders[0]!)).encumberedDescendants).toBe(1);
  });
});
