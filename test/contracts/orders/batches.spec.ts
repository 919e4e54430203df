import { ZeroHash } from 'ethers';
import { random32 } from '../support/votes.js';
import { answerBatch, Batch, bitmapOf, materialise, postBatch } from './batch.js';
import { DAY, MILESTONE, STATUS, Trade } from './trade.js';

let trade: Trade;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(() => trade.reset());

const refusal = (by: { operator: Trade['buyer']['operator'] }, fn: string, ...args: readonly unknown[]) =>
  trade.orders.refusal(by.operator, fn, ...args);
const refusedHere = (batch: Batch, place: number, bitmap?: string, by = trade.buyer) =>
  refusal(by, 'materialise', ...batch.showing(place, bitmap));
const statusOf = async (id: string) => (await trade.order(id)).status;
const posted = async (...args: Parameters<typeof Batch.of> extends [unknown, ...infer Rest] ? Rest : never) => {
  const batch = await Batch.of(trade, ...args);
  await postBatch(trade, batch);
  return batch;
};

describe('a batch', () => {
  it('is posted under its buyer and root, in one slot', async () => {
    const batch = await Batch.of(trade, 5);
    const { events } = await postBatch(trade, batch);
    const { root, supplier } = batch;
    expect(events).toEqual([{ name: 'OrderBatchPosted', args: { buyer: trade.buyer.id, supplier, root } }]);
    expect(await trade.orders.read('batch', trade.buyer.id, root)).toEqual({
      supplier,
      answeredAt: 0,
      answer: ZeroHash,
    });
  });

  it('is refused a second time, to nobody, and from who is no core enterprise', async () => {
    const { supplier, root } = await posted(3);
    expect((await refusal(trade.buyer, 'postBatch', root, supplier)).name).toBe('OrderBatchAlreadyPosted');
    expect((await refusal(trade.buyer, 'postBatch', random32(), 0)).name).toBe('OrderSupplierMissing');
    expect((await refusal(trade.supplier, 'postBatch', random32(), supplier)).name).toBe('MemberMissingRole');
    await trade.suspend(trade.buyer);
    expect((await refusal(trade.buyer, 'postBatch', random32(), supplier)).name).toBe('MemberNotActive');
  });

  it('cannot be squatted on: another buyer’s of the same root is another one', async () => {
    const { supplier, root } = await Batch.of(trade, 3);
    const other = trade.consortium.member('other-supplier').id;
    await trade.orders.send(trade.consortium.member('other-buyer').operator, 'postBatch', root, other);
    await trade.orders.send(trade.buyer.operator, 'postBatch', root, supplier);
    expect(await trade.orders.read('batch', trade.buyer.id, root)).toMatchObject({ supplier });
  });

  it('is answered once, by its supplier, with a bitmap', async () => {
    const batch = await posted(9);
    const answer = (by: Trade['buyer'], bitmap: string) =>
      refusal(by, 'answerBatch', trade.buyer.id, batch.root, bitmap);
    expect((await answer(trade.consortium.member('other-supplier'), '0x0000')).name).toBe('OrderBatchUnauthorized');
    expect((await answer(trade.buyer, '0x0000')).name).toBe('MemberMissingRole');
    for (const length of [0, 2_049]) {
      expect(await answer(trade.supplier, `0x${'00'.repeat(length)}`)).toMatchObject({
        name: 'OrderBatchInvalidBitmap',
        args: { length: BigInt(length) },
      });
    }
    const unknown = await refusal(trade.supplier, 'answerBatch', trade.buyer.id, random32(), '0x00');
    expect(unknown.name).toBe('OrderBatchUnknown');
    const bitmap = await answerBatch(trade, batch, [0, 8]);
    expect(bitmap).toBe('0x0101');
    expect((await answer(trade.supplier, bitmap)).name).toBe('OrderBatchAlreadyAnswered');
  });

  it('is not answered while either side is suspended, as no order is accepted then', async () => {
    const batch = await posted(1);
    await trade.suspend(trade.buyer);
    const refused = await refusal(trade.supplier, 'answerBatch', trade.buyer.id, batch.root, '0x01');
    expect(refused.name).toBe('MemberNotActive');
  });
});

describe('an order of a batch', () => {
  it.each([1, 2, 7, 8, 33])('materialises from each place of %i, with the id of one posted alone', async (size) => {
    const batch = await posted(size);
    const places = [...new Set([0, 1, size - 1])].filter((place) => place < size);
    for (const place of places) {
      const { index, commitment, tag, expiry } = batch.orders[place]!;
      const order = batch.ids[place]!;
      const { events } = await materialise(trade, batch, place);
      const sides = { buyer: trade.buyer.id, supplier: trade.supplier.id };
      expect(events).toEqual([
        { name: 'OrderPosted', args: { order, ...sides, commitment, tag, expiry } },
        { name: 'OrderMaterialised', args: { order, buyer: trade.buyer.id, root: batch.root, index } },
      ]);
      expect(await trade.order(order)).toMatchObject({ ...sides, status: STATUS.POSTED, version: 1, expiry });
      expect(await refusedHere(batch, place)).toEqual({ name: 'OrderAlreadyPosted', args: { order } });
      const alone = await refusal(trade.buyer, 'post', trade.supplier.id, commitment, tag, expiry);
      expect(alone).toEqual({ name: 'OrderAlreadyPosted', args: { order } });
    }
  });

  it('is accepted as its bit says, and then does all that an order does', async () => {
    const batch = await posted(20);
    const bitmap = await answerBatch(trade, batch, [3, 17]);
    for (const place of [3, 17]) {
      const { events } = await materialise(trade, batch, place, bitmap, trade.supplier);
      expect(events.map(({ name }) => name)).toEqual(['OrderPosted', 'OrderMaterialised', 'OrderAccepted']);
      expect(await statusOf(batch.ids[place]!)).toBe(STATUS.ACCEPTED);
    }
    await trade.record(trade.supplier, batch.ids[3]!, 1);
    await trade.both('cancel', batch.ids[17]!);
    expect(await refusedHere(batch, 4, bitmap)).toEqual({
      name: 'OrderNotAcceptedInBatch',
      args: { order: batch.ids[4], root: batch.root, index: 4 },
    });
    expect((await refusedHere(batch, 17, bitmap)).name).toBe('OrderAlreadyPosted');
  });

  it('materialises with the answer’s own bitmap alone', async () => {
    const batch = await posted(8);
    expect((await refusedHere(batch, 0, '0x01')).name).toBe('OrderBatchInvalidBitmap');
    await answerBatch(trade, batch, [1]);
    for (const bitmap of ['0x', '0x03', '0x0200']) {
      expect((await refusedHere(batch, 0, bitmap)).name).toBe('OrderBatchInvalidBitmap');
    }
  });

  it('materialises at its own place alone, and for its own parties', async () => {
    const batch = await posted(9);
    const [order, root, proof] = batch.showing(2);
    const wrong = async (change: object, by = proof) =>
      (await refusal(trade.buyer, 'materialise', { ...order, ...change }, root, by, '0x')).name;
    const other = trade.consortium.member('other-buyer');
    expect(await wrong({ index: 3 })).toBe('OrderNotInBatch');
    expect(await wrong({ expiry: order.expiry + 1 })).toBe('OrderNotInBatch');
    expect(await wrong({ commitment: random32() })).toBe('OrderNotInBatch');
    expect(await wrong({ tag: random32() })).toBe('OrderNotInBatch');
    expect(await wrong({}, proof.slice(1))).toBe('OrderNotInBatch');
    expect(await wrong({ buyer: other.id })).toBe('OrderBatchUnknown');
    for (const by of [other, trade.carrier]) {
      expect((await refusedHere(batch, 2, '0x', by)).name).toBe('OrderBatchUnauthorized');
    }
    await trade.orders.send(other.operator, 'postBatch', root, trade.supplier.id);
    expect((await refusal(other, 'materialise', { ...order, buyer: other.id }, root, proof, '0x')).name).toBe(
      'OrderNotInBatch',
    );
  });

  it('is not accepted by an answer that ends before it', async () => {
    const batch = await posted(9);
    await trade.orders.send(trade.supplier.operator, 'answerBatch', trade.buyer.id, batch.root, '0xff');
    await materialise(trade, batch, 7, '0xff');
    expect((await refusedHere(batch, 8, '0xff')).name).toBe('OrderNotAcceptedInBatch');
  });

  it('lapses as its leaf says: an answer that came later does not accept it', async () => {
    const soon = (await trade.now()) + DAY;
    const batch = await posted(2, (index) => (index === 0 ? { expiry: soon } : {}));
    await trade.pass(2 * DAY);
    const bitmap = await answerBatch(trade, batch, [0, 1]);
    await materialise(trade, batch, 0, bitmap);
    await materialise(trade, batch, 1, bitmap);
    expect(await statusOf(batch.ids[0]!)).toBe(STATUS.POSTED);
    expect((await refusal(trade.supplier, 'accept', batch.ids[0]!)).name).toBe('OrderLapsed');
    await trade.orders.send(trade.buyer.operator, 'expire', batch.ids[0]!);
    expect(await statusOf(batch.ids[1]!)).toBe(STATUS.ACCEPTED);
    expect((await refusedHere(batch, 1, bitmap)).name).toBe('OrderAlreadyPosted');
  });

  it('materialises for suspended parties too, which must finish what runs (rule 10)', async () => {
    const batch = await posted(2);
    const bitmap = await answerBatch(trade, batch, [0]);
    await trade.suspend(trade.buyer);
    await materialise(trade, batch, 0, bitmap);
    expect(await statusOf(batch.ids[0]!)).toBe(STATUS.ACCEPTED);
  });
});

describe('posted in a batch and otherwise, an order is one', () => {
  const alone = async (batch: Batch, place: number, expiry = batch.orders[place]!.expiry) => {
    const { commitment, tag } = batch.orders[place]!;
    expect(await trade.post({ commitment, tag, expiry })).toBe(batch.ids[place]);
  };
  const asFramework = async (batch: Batch, place: number, expiry = batch.orders[place]!.expiry) => {
    const { commitment, tag } = batch.orders[place]!;
    await trade.orders.send(trade.buyer.operator, 'postFramework', trade.supplier.id, commitment, tag, expiry);
    expect((await trade.order(batch.ids[place]!)).proposals).toBe(128);
  };
  const withdraw = (id: string) => trade.orders.send(trade.buyer.operator, 'withdraw', id);

  it('posted alone first, it is never posted again by its batch', async () => {
    const batch = await posted(2);
    await alone(batch, 0);
    expect((await refusedHere(batch, 0)).name).toBe('OrderAlreadyPosted');
  });

  it('withdrawn before the batch was answered, it stays withdrawn whatever its bit says', async () => {
    const batch = await posted(2);
    await materialise(trade, batch, 0);
    await withdraw(batch.ids[0]!);
    const bitmap = await answerBatch(trade, batch, [0]);
    expect((await refusedHere(batch, 0, bitmap)).name).toBe('OrderAlreadyPosted');
    expect(await statusOf(batch.ids[0]!)).toBe(STATUS.WITHDRAWN);
  });

  it('rejected by itself, it stays so', async () => {
    const batch = await posted(2);
    await materialise(trade, batch, 0);
    await trade.orders.send(trade.supplier.operator, 'reject', batch.ids[0]!, random32());
    const bitmap = await answerBatch(trade, batch, [0]);
    expect((await refusedHere(batch, 0, bitmap)).name).toBe('OrderAlreadyPosted');
  });

  it('posted before the answer and still open, the answer accepts it', async () => {
    const batch = await posted(2);
    await materialise(trade, batch, 0);
    const bitmap = await answerBatch(trade, batch, [0]);
    const { events } = await materialise(trade, batch, 0, bitmap);
    const { buyer } = trade;
    expect(events).toEqual([
      { name: 'OrderMaterialised', args: { order: batch.ids[0], buyer: buyer.id, root: batch.root, index: 0 } },
      { name: 'OrderAccepted', args: { order: batch.ids[0] } },
    ]);
  });

  it.each<[string, (batch: Batch) => Promise<unknown>]>([
    ['posted alone', (batch) => alone(batch, 0)],
    [
      'posted alone and withdrawn',
      async (batch) => {
        await alone(batch, 0);
        await withdraw(batch.ids[0]!);
      },
    ],
    [
      'posted alone and expired',
      async (batch) => {
        await alone(batch, 0, (await trade.now()) + DAY);
        await trade.pass(2 * DAY);
        await trade.orders.send(trade.buyer.operator, 'expire', batch.ids[0]!);
      },
    ],
    [
      'posted in another batch, materialised there and withdrawn',
      async (batch) => {
        const again = await posted(2, (index) => (index === 1 ? { ...batch.orders[0]!, index } : {}));
        expect(again.ids[1]).toBe(batch.ids[0]);
        await materialise(trade, again, 1);
        await withdraw(batch.ids[0]!);
      },
    ],
    ['posted it as a framework contract', (batch) => asFramework(batch, 0)],
    [
      'posted it as a framework contract and withdrawn',
      async (batch) => {
        await asFramework(batch, 0);
        await withdraw(batch.ids[0]!);
      },
    ],
    [
      'posted it as a framework contract and expired',
      async (batch) => {
        await asFramework(batch, 0, (await trade.now()) + DAY);
        await trade.pass(2 * DAY);
        await trade.orders.send(trade.buyer.operator, 'expire', batch.ids[0]!);
      },
    ],
    [
      'called it off a framework contract',
      async (batch) => {
        const framework = await trade.framework();
        const { commitment, tag, expiry } = batch.orders[0]!;
        await trade.orders.send(trade.buyer.operator, 'callOff', framework, commitment, tag, expiry);
        expect(await trade.orders.read('frameworkOf', batch.ids[0]!)).toBe(framework);
      },
    ],
  ])('accepted in its batch, it is in force although its buyer has since %s', async (_, undo) => {
    const batch = await posted(2);
    const bitmap = await answerBatch(trade, batch, [0]);
    await undo(batch);
    const { events } = await materialise(trade, batch, 0, bitmap, trade.supplier);
    expect(events.map(({ name }) => name)).toEqual(['OrderMaterialised', 'OrderAccepted']);
    expect(await trade.order(batch.ids[0]!)).toMatchObject({ status: STATUS.ACCEPTED, proposals: 0, version: 1 });
    expect(await trade.orders.read('frameworkOf', batch.ids[0]!)).toBe(ZeroHash);
    await trade.record(trade.supplier, batch.ids[0]!, MILESTONE.DESPATCHED);
    expect((await refusal(trade.buyer, 'withdraw', batch.ids[0]!)).name).toBe('OrderInvalidTransition');
    expect((await refusedHere(batch, 0, bitmap)).name).toBe('OrderAlreadyPosted');
  });

  it('accepted in one batch, a second one that the supplier turned down undoes nothing', async () => {
    const batch = await posted(2);
    const bitmap = await answerBatch(trade, batch, [0]);
    const again = await posted(2, (index) => (index === 1 ? { ...batch.orders[0]!, index } : {}));
    const nothing = await answerBatch(trade, again, []);
    expect((await refusedHere(again, 1, nothing)).name).toBe('OrderNotAcceptedInBatch');
    await materialise(trade, batch, 0, bitmap);
    expect(await statusOf(batch.ids[0]!)).toBe(STATUS.ACCEPTED);
  });

  it('accepted alone and cancelled, it is not brought back by its batch', async () => {
    const batch = await posted(2);
    await alone(batch, 0);
    await trade.orders.send(trade.supplier.operator, 'accept', batch.ids[0]!);
    await trade.both('cancel', batch.ids[0]!);
    const bitmap = await answerBatch(trade, batch, [0]);
    expect((await refusedHere(batch, 0, bitmap)).name).toBe('OrderAlreadyPosted');
    expect(bitmapOf(2, [0])).toBe(bitmap);
  });
});
