import { AbiCoder, ZeroHash, keccak256 } from 'ethers';
import { random32 } from '../support/votes.js';
import { DAY, MILESTONE, Trade } from './trade.js';

let trade: Trade;
let order: string;
beforeAll(async () => {
  trade = await Trade.begin();
});
beforeEach(async () => {
  await trade.reset();
  order = await trade.accepted();
});

const hash = (types: string[], values: unknown[]) => keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
const bit = (...kinds: number[]) => kinds.reduce((mask, kind) => mask | (1 << kind), 0);
const appoint = (by: 'buyer' | 'supplier', kinds: number, until = 2 ** 32, member = trade.carrier.id) =>
  trade.orders.send(trade[by].operator, 'appoint', order, member, kinds, until);
const refusedRecord = (by: 'buyer' | 'supplier' | 'carrier', kind: number) =>
  trade.orders.refusal(trade[by].operator, 'record', order, kind, random32(), ZeroHash);

describe('the log', () => {
  it('is a hash chain that events are enough to rebuild', async () => {
    let head: string = ZeroHash;
    const acts = [
      [trade.supplier, MILESTONE.DESPATCHED, ZeroHash, 0],
      [trade.buyer, MILESTONE.RECEIVED, ZeroHash, 1],
      [trade.supplier, MILESTONE.PRODUCTION_STARTED, random32(), 1],
    ] as const;
    for (const [index, [by, kind, supersedes, coverVersion]] of acts.entries()) {
      const commitment = random32();
      const { events, time } = await trade.record(by, order, kind, commitment, supersedes);
      const entry = hash(
        ['bytes32', 'uint32', 'uint8', 'uint32', 'bytes32', 'bytes32', 'uint40'],
        [order, index, kind, by.id, commitment, supersedes, time],
      );
      head = hash(['bytes32', 'bytes32'], [head, entry]);
      expect(events).toEqual([
        {
          name: 'MilestoneRecorded',
          args: {
            order,
            author: by.id,
            kind,
            index,
            commitment,
            supersedes,
            recordedAt: time,
            entry,
            head,
            coverVersion,
          },
        },
      ]);
      expect(await trade.orders.read('headOf', order)).toBe(head);
    }
    expect(await trade.order(order)).toMatchObject({ entries: 3, coverVersion: 1 });
  });

  it('grows by many entries, of several orders, in one go', async () => {
    const other = await trade.accepted();
    const one = (of: string, kind: number) => ({ order: of, kind, commitment: random32(), supersedes: ZeroHash });
    const milestones = [
      one(order, MILESTONE.PRODUCTION_STARTED),
      one(other, MILESTONE.DESPATCHED),
      one(order, MILESTONE.DESPATCHED),
    ];
    const { events } = await trade.orders.send(trade.supplier.operator, 'recordMany', milestones);
    expect(events.map(({ args }) => [args['order'], args['index']])).toEqual([
      [order, 0],
      [other, 0],
      [order, 1],
    ]);
    const refused = [...milestones, one(order, MILESTONE.RECEIVED)];
    expect((await trade.orders.refusal(trade.supplier.operator, 'recordMany', refused)).name).toBe(
      'MilestoneUnauthorized',
    );
    expect((await trade.order(order)).entries).toBe(2);
  });

  it.each([
    ['PRODUCTION_STARTED', 0],
    ['PRODUCTION_COMPLETED', 0],
    ['DESPATCHED', 0],
    ['IN_TRANSIT', 0],
    ['DELIVERED', 0],
    ['RECEIVED', 1],
    ['INSPECTED', 1],
    ['RETURNED', 1],
  ] as const)('%s raises the cover version by %i, its correction by as much again', async (kind, raise) => {
    await trade.record(trade.buyer, order, MILESTONE[kind]);
    expect((await trade.order(order)).coverVersion).toBe(raise);
    await trade.record(trade.buyer, order, MILESTONE[kind], random32(), random32());
    expect((await trade.order(order)).coverVersion).toBe(2 * raise);
  });

  it.each([0, 9, 255])('knows no kind %i', async (kind) => {
    expect(await refusedRecord('buyer', kind)).toEqual({ name: 'MilestoneUnknownKind', args: { kind } });
  });

  it('takes no commitment to nothing', async () => {
    const refused = await trade.orders.refusal(
      trade.supplier.operator,
      'record',
      order,
      MILESTONE.DESPATCHED,
      ZeroHash,
      ZeroHash,
    );
    expect(refused.name).toBe('OrderCommitmentMissing');
  });

  it('takes 500 entries of one author, and then the other’s still', async () => {
    const milestones = Array.from({ length: 100 }, () => ({
      order,
      kind: MILESTONE.IN_TRANSIT,
      commitment: random32(),
      supersedes: ZeroHash,
    }));
    for (let i = 0; i < 5; i++) await trade.orders.send(trade.supplier.operator, 'recordMany', milestones);
    expect(await refusedRecord('supplier', MILESTONE.IN_TRANSIT)).toEqual({
      name: 'MilestoneLimitReached',
      args: { order, member: trade.supplier.id, limit: 500 },
    });
    await trade.record(trade.buyer, order, MILESTONE.RECEIVED);
    expect((await trade.order(order)).entries).toBe(501);
  });
});

describe('who may add', () => {
  it('only the buyer reports receipt', async () => {
    expect(await refusedRecord('supplier', MILESTONE.RECEIVED)).toEqual({
      name: 'MilestoneUnauthorized',
      args: { order, member: trade.supplier.id, kind: MILESTONE.RECEIVED },
    });
    for (const by of ['buyer', 'supplier'] as const) {
      const kinds = bit(MILESTONE.RECEIVED, MILESTONE.IN_TRANSIT);
      const refused = await trade.orders.refusal(
        trade[by].operator,
        'appoint',
        order,
        trade.carrier.id,
        kinds,
        2 ** 32,
      );
      expect(refused).toEqual({ name: 'ParticipantInvalidKinds', args: { kinds } });
    }
  });

  it.each([1, 1 << 9, 1 << 15])('nobody is appointed for kinds that do not exist (%i)', async (kinds) => {
    const refused = await trade.orders.refusal(
      trade.buyer.operator,
      'appoint',
      order,
      trade.carrier.id,
      kinds,
      2 ** 32,
    );
    expect(refused).toEqual({ name: 'ParticipantInvalidKinds', args: { kinds } });
  });

  it('an appointed member adds the kinds that it was appointed for', async () => {
    expect((await refusedRecord('carrier', MILESTONE.IN_TRANSIT)).name).toBe('MilestoneUnauthorized');
    const kinds = bit(MILESTONE.IN_TRANSIT, MILESTONE.DELIVERED);
    const { events } = await appoint('supplier', kinds);
    expect(events).toEqual([
      {
        name: 'ParticipantAppointed',
        args: { order, member: trade.carrier.id, by: trade.supplier.id, kinds, until: 2 ** 32 },
      },
    ]);
    await trade.record(trade.carrier, order, MILESTONE.IN_TRANSIT);
    await trade.record(trade.carrier, order, MILESTONE.DELIVERED);
    expect((await refusedRecord('carrier', MILESTONE.INSPECTED)).name).toBe('MilestoneUnauthorized');
    expect((await refusedRecord('carrier', MILESTONE.RECEIVED)).name).toBe('MilestoneUnauthorized');
    expect(await trade.orders.read('participant', order, trade.carrier.id)).toEqual({
      kindsByBuyer: 0,
      kindsBySupplier: kinds,
      untilByBuyer: 0,
      untilBySupplier: 2 ** 32,
      entries: 2,
    });
  });

  it('only until the time named', async () => {
    const until = (await trade.now()) + DAY;
    await appoint('buyer', bit(MILESTONE.INSPECTED), until);
    await appoint('supplier', bit(MILESTONE.IN_TRANSIT), until);
    await trade.record(trade.carrier, order, MILESTONE.INSPECTED);
    await trade.record(trade.carrier, order, MILESTONE.IN_TRANSIT);
    await trade.pass(2 * DAY);
    expect((await refusedRecord('carrier', MILESTONE.INSPECTED)).name).toBe('MilestoneUnauthorized');
    expect((await refusedRecord('carrier', MILESTONE.IN_TRANSIT)).name).toBe('MilestoneUnauthorized');
  });

  it('neither side ends what the other appointed', async () => {
    await appoint('buyer', bit(MILESTONE.INSPECTED));
    await appoint('supplier', 0, 0);
    await trade.record(trade.carrier, order, MILESTONE.INSPECTED);
    await appoint('buyer', 0, 0);
    expect((await refusedRecord('carrier', MILESTONE.INSPECTED)).name).toBe('MilestoneUnauthorized');
  });

  it('an appointment is for one order', async () => {
    await appoint('buyer', bit(MILESTONE.INSPECTED));
    order = await trade.accepted();
    expect((await refusedRecord('carrier', MILESTONE.INSPECTED)).name).toBe('MilestoneUnauthorized');
  });

  it('the parties themselves are not appointed', async () => {
    for (const member of [trade.buyer.id, trade.supplier.id]) {
      const kinds = bit(MILESTONE.INSPECTED);
      expect(await trade.orders.refusal(trade.buyer.operator, 'appoint', order, member, kinds, 2 ** 32)).toEqual({
        name: 'ParticipantIsParty',
        args: { order, member },
      });
    }
  });

  it('only the parties appoint, and only members', async () => {
    const kinds = bit(MILESTONE.INSPECTED);
    const args = [order, trade.carrier.id, kinds, 2 ** 32] as const;
    expect((await trade.orders.refusal(trade.carrier.operator, 'appoint', ...args)).name).toBe('OrderUnauthorized');
    for (const nobody of [0, 999]) {
      const refused = await trade.orders.refusal(trade.buyer.operator, 'appoint', order, nobody, kinds, 2 ** 32);
      expect(refused).toEqual({ name: 'MemberNotActive', args: { member: nobody, status: 0 } });
    }
  });

  it('a stranger adds nothing', async () => {
    const args = [order, MILESTONE.INSPECTED, random32(), ZeroHash] as const;
    expect((await trade.orders.refusal(trade.consortium.stranger(), 'record', ...args)).name).toBe(
      'MemberUnknownOperator',
    );
  });
});
