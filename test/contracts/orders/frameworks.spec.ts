import { ZeroHash } from 'ethers';
import { Desk } from '../receivables/desk.js';
import { random32 } from '../support/votes.js';
import { DAY, MILESTONE, STATUS, type Trade } from './trade.js';

/** Bit of an order's proposals that says what it is. */
const FRAMEWORK = 128;

let desk: Desk;
let trade: Trade;
beforeAll(async () => {
  desk = await Desk.open();
  trade = desk.trade;
});
beforeEach(() => trade.reset());

const posting = async () => {
  const { commitment, tag, expiry } = await trade.posting();
  return [commitment, tag, expiry] as const;
};
const refusedCallOff = async (framework: string, by = trade.buyer) =>
  trade.orders.refusal(by.operator, 'callOff', framework, ...(await posting()));

describe('a framework contract', () => {
  it('is posted as an order is, says what it is, and is told so', async () => {
    const { supplier, commitment, tag, expiry } = await trade.posting();
    const args = [supplier, commitment, tag, expiry] as const;
    const { events } = await trade.orders.send(trade.buyer.operator, 'postFramework', ...args);
    const order = events[0]!.args['order'] as string;
    expect(events).toEqual([
      { name: 'OrderPosted', args: { order, buyer: trade.buyer.id, supplier, commitment, tag, expiry } },
      { name: 'FrameworkPosted', args: { order } },
    ]);
    expect(await trade.order(order)).toMatchObject({ status: STATUS.POSTED, proposals: FRAMEWORK, expiry });
    expect((await trade.orders.refusal(trade.buyer.operator, 'post', ...args)).name).toBe('OrderAlreadyPosted');
    expect((await trade.orders.refusal(trade.buyer.operator, 'postFramework', ...args)).name).toBe(
      'OrderAlreadyPosted',
    );
  });

  it('is posted by a buyer, to a supplier, both active', async () => {
    const to = async (supplier: number, by = trade.buyer) =>
      trade.orders.refusal(by.operator, 'postFramework', supplier, ...(await posting()));
    expect((await to(0)).name).toBe('OrderSupplierMissing');
    expect((await to(trade.supplier.id, trade.supplier)).name).toBe('MemberMissingRole');
    await trade.suspend(trade.supplier);
    expect((await to(trade.supplier.id)).name).toBe('MemberNotActive');
  });

  it('stays one through changes and each end', async () => {
    const framework = await trade.framework();
    const commitment = random32();
    await trade.orders.send(trade.supplier.operator, 'proposeChange', framework, commitment);
    await trade.orders.send(trade.buyer.operator, 'complete', framework);
    await trade.orders.send(trade.buyer.operator, 'acceptChange', framework, 2, commitment, []);
    expect(await trade.order(framework)).toMatchObject({ version: 2, proposals: FRAMEWORK });
    await trade.orders.send(trade.buyer.operator, 'cancel', framework);
    await trade.orders.send(trade.buyer.operator, 'retract', framework);
    expect(await trade.order(framework)).toMatchObject({ proposals: FRAMEWORK });
    await trade.both('complete', framework);
    expect(await trade.order(framework)).toMatchObject({ status: STATUS.COMPLETED, proposals: FRAMEWORK });
    const other = await trade.framework();
    await trade.both('cancel', other);
    expect(await trade.order(other)).toMatchObject({ status: STATUS.CANCELLED, proposals: FRAMEWORK });
  });

  it('takes no milestones and no participants', async () => {
    const framework = await trade.framework();
    const refused = { name: 'OrderIsFramework', args: { order: framework } };
    const record = [framework, MILESTONE.DESPATCHED, random32(), ZeroHash] as const;
    expect(await trade.orders.refusal(trade.supplier.operator, 'record', ...record)).toEqual(refused);
    const [order, kind, commitment, supersedes] = record;
    const many = [{ order, kind, commitment, supersedes }];
    expect(await trade.orders.refusal(trade.supplier.operator, 'recordMany', many)).toEqual(refused);
    const appoint = [framework, trade.carrier.id, 1 << MILESTONE.DELIVERED, 2 ** 32];
    expect(await trade.orders.refusal(trade.buyer.operator, 'appoint', ...appoint)).toEqual(refused);
  });

  it('bears no receivable and no encumbrance: what calls it off does, each for itself', async () => {
    const framework = await trade.framework();
    const refused = { name: 'OrderIsFramework', args: { order: framework } };
    const issue = [[framework], random32(), desk.stranger().address, random32()];
    expect(await desk.receivables.refusal(desk.supplier.operator, 'issue', ...issue)).toEqual(refused);
    expect(await desk.refusedReserve(framework)).toEqual(refused);

    const orders = [await trade.calledOff(framework), await trade.calledOff(framework)];
    for (const order of orders) await trade.orders.send(trade.supplier.operator, 'accept', order);
    await desk.reserve(orders[0]!);
    await desk.reserve(await desk.confirmed([orders[1]!]));
    expect(await trade.order(framework)).toMatchObject({ encumbered: false, encumberedDescendants: 0 });
    await trade.both('cancel', framework);
    expect(await trade.order(orders[0]!)).toMatchObject({ status: STATUS.ACCEPTED, encumbered: true });
  });
});

describe('a call-off', () => {
  it('is an order to the supplier of the contract, and names it', async () => {
    const framework = await trade.framework();
    const [commitment, tag, expiry] = await posting();
    const { events } = await trade.orders.send(trade.buyer.operator, 'callOff', framework, commitment, tag, expiry);
    const order = events[0]!.args['order'] as string;
    const parties = { buyer: trade.buyer.id, supplier: trade.supplier.id };
    expect(events).toEqual([
      { name: 'OrderPosted', args: { order, ...parties, commitment, tag, expiry } },
      { name: 'OrderCalledOff', args: { order, framework } },
    ]);
    expect(await trade.orders.read('frameworkOf', order)).toBe(framework);
    expect(await trade.orders.read('frameworkOf', framework)).toBe(ZeroHash);
    expect(await trade.order(order)).toMatchObject({ ...parties, status: STATUS.POSTED, proposals: 0, expiry });
    const again = [framework, commitment, tag, expiry];
    expect((await trade.orders.refusal(trade.buyer.operator, 'callOff', ...again)).name).toBe('OrderAlreadyPosted');
  });

  it('is of a framework contract that is known, and is one', async () => {
    const unknown = random32();
    expect(await refusedCallOff(unknown)).toEqual({ name: 'OrderUnknown', args: { order: unknown } });
    const order = await trade.accepted();
    expect(await refusedCallOff(order)).toEqual({ name: 'OrderNotFramework', args: { order } });
    const framework = await trade.framework();
    const called = await trade.calledOff(framework);
    await trade.orders.send(trade.supplier.operator, 'accept', called);
    expect(await refusedCallOff(called)).toEqual({ name: 'OrderNotFramework', args: { order: called } });
  });

  it('is its buyer’s', async () => {
    const order = await trade.framework();
    const other = trade.consortium.member('other-buyer');
    expect(await refusedCallOff(order, other)).toEqual({
      name: 'OrderUnauthorized',
      args: { order, member: other.id },
    });
    expect((await refusedCallOff(order, trade.supplier)).name).toBe('MemberMissingRole');
    await trade.suspend(trade.supplier);
    expect((await refusedCallOff(order)).name).toBe('MemberNotActive');
  });

  it.each(['POSTED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'CANCELLED', 'COMPLETED'] as const)(
    'is refused of one that is %s',
    async (state) => {
      const order = await trade.framework({
        accepted: state === 'CANCELLED' || state === 'COMPLETED',
        expiry: (await trade.now()) + DAY,
      });
      const send = (by: 'buyer' | 'supplier', fn: string, ...args: unknown[]) =>
        trade.orders.send(trade[by].operator, fn, order, ...args);
      if (state === 'REJECTED') await send('supplier', 'reject', ZeroHash);
      if (state === 'WITHDRAWN') await send('buyer', 'withdraw');
      if (state === 'CANCELLED') await trade.both('cancel', order);
      if (state === 'COMPLETED') await trade.both('complete', order);
      if (state === 'EXPIRED') {
        await trade.pass(2 * DAY);
        await send('buyer', 'expire');
      }
      expect(await refusedCallOff(order)).toEqual({
        name: 'OrderInvalidStatus',
        args: { order, status: STATUS[state] },
      });
    },
  );

  it('is taken until the last second of the contract’s term, and not one later', async () => {
    const expiry = (await trade.now()) + DAY;
    const framework = await trade.framework({ expiry });
    const at = (timestamp: number) =>
      trade.consortium.chain.provider.request({ method: 'evm_setNextBlockTimestamp', params: [timestamp] });
    const args = [framework, random32(), random32(), expiry + DAY];
    await at(expiry);
    expect((await trade.orders.send(trade.buyer.operator, 'callOff', ...args)).time).toBe(expiry);
    await trade.pass(1);
    expect((await refusedCallOff(framework)).name).toBe('OrderLapsed');
  });

  it('outlives its contract: what was called off in time can be accepted', async () => {
    const framework = await trade.framework();
    const order = await trade.calledOff(framework);
    await trade.both('complete', framework);
    await trade.orders.send(trade.supplier.operator, 'accept', order);
    expect((await trade.order(order)).status).toBe(STATUS.ACCEPTED);
  });
});
