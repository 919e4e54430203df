import { ZeroHash } from 'ethers';
import { messageKey, tagKey } from '../support/consortium.js';
import { KEY_KIND } from '../support/plan.js';
import { random32 } from '../support/votes.js';
import { Desk, RECEIVABLE, hash } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.reset());

const refused = (receivable: string, fingerprints = [random32()], scope = 0, confirmation = random32()) =>
  desk.receivables.refusal(desk.buyer.operator, 'confirm', receivable, confirmation, scope, 1, 1, fingerprints);
const addKey = (kind: number, publicKey: string) =>
  desk.trade.consortium.registry('MemberRegistry').send(desk.buyer.admin, 'addKey', kind, publicKey);

it('is the obligor’s undertaking, entry 0 of the log', async () => {
  const receivable = await desk.issued();
  const [confirmation, scope, fingerprints] = [random32(), 5, [random32()]];
  const args = [receivable, confirmation, scope, 1, 1, fingerprints] as const;
  const { events, time } = await desk.receivables.send(desk.buyer.operator, 'confirm', ...args);
  const entry = hash(
    ['bytes32', 'uint32', 'uint8', 'bytes32', 'uint32', 'uint40'],
    [receivable, 0, 1, confirmation, 0, time],
  );
  const head = hash(['bytes32', 'bytes32'], [ZeroHash, entry]);
  expect(events).toEqual([
    {
      name: 'ReceivableConfirmed',
      args: { receivable, confirmation, scope, fingerprints, instalment: 1, instalments: 1, head },
    },
  ]);
  expect(await desk.receivable(receivable)).toMatchObject({
    status: RECEIVABLE.CONFIRMED,
    scope,
    entries: 1,
    head,
    coverVersion: 0,
  });
  expect(await desk.receivables.read('receivableOfFingerprint', desk.buyer.id, fingerprints[0])).toBe(receivable);
});

it.each([0, 1, 2, 3, 4, 5, 6, 7])('may say %i of its scope', async (scope) => {
  await desk.confirm(await desk.issued(), [random32()], scope);
});

it.each([8, 16, 255])('may not say %i', async (scope) => {
  expect(await refused(await desk.issued(), [random32()], scope)).toEqual({
    name: 'ReceivableUnknownScope',
    args: { scope },
  });
});

it('commits to something', async () => {
  expect((await refused(await desk.issued(), [random32()], 0, ZeroHash)).name).toBe('ReceivableCommitmentMissing');
});

it('is the obligor’s alone', async () => {
  const receivable = await desk.issued();
  const args = [receivable, random32(), 0, 1, 1, [random32()]] as const;
  const other = desk.trade.consortium.member('other-buyer');
  expect(await desk.receivables.refusal(other.operator, 'confirm', ...args)).toEqual({
    name: 'ReceivableUnauthorized',
    args: { receivable, member: other.id },
  });
  expect((await desk.receivables.refusal(desk.supplier.operator, 'confirm', ...args)).name).toBe('MemberMissingRole');
});

it('raises the cover version of each of its orders, so that an offer on one of them goes stale', async () => {
  const orders = (await Promise.all([desk.trade.accepted(), desk.trade.accepted()])).toSorted();
  const other = await desk.trade.accepted();
  const receivable = await desk.issued(orders);
  const agreed = await desk.agree(orders[0]!);
  await desk.confirm(receivable);
  for (const order of orders) expect((await desk.trade.order(order)).coverVersion).toBe(1);
  expect((await desk.trade.order(other)).coverVersion).toBe(0);
  expect((await desk.receivable(receivable)).coverVersion).toBe(0);
  expect(await desk.receivables.refusal(desk.stranger(), 'reserve', ...agreed)).toEqual({
    name: 'ConsentStale',
    args: { given: 0, current: 1 },
  });
});

it('raises no cover version by anybody else’s call', async () => {
  const order = await desk.trade.accepted();
  const refusal = await desk.trade.orders.refusal(desk.buyer.operator, 'raiseCoverVersions', [order]);
  expect(refusal.name).toBe('OrderLineageUnauthorized');
});

it('is refused for an order cancelled meanwhile', async () => {
  const order = await desk.trade.accepted();
  const receivable = await desk.issued([order]);
  await desk.trade.both('cancel', order);
  expect((await refused(receivable)).name).toBe('OrderNotInForce');
});

describe('rule 2, fingerprints', () => {
  it('refuses the same invoice twice', async () => {
    const fingerprint = random32();
    const receivable = await desk.issued();
    await desk.confirm(receivable, [fingerprint]);
    expect(await refused(await desk.issued(), [fingerprint])).toEqual({
      name: 'FingerprintTaken',
      args: { obligor: desk.buyer.id, fingerprint, receivable },
    });
  });

  it('lets nobody burn another obligor’s', async () => {
    const fingerprint = random32();
    await desk.confirm(await desk.issued(), [fingerprint]);
    const other = desk.trade.consortium.member('other-buyer');
    const order = await desk.trade.post({}, other);
    await desk.trade.orders.send(desk.supplier.operator, 'accept', order);
    const receivable = await desk.issued([order]);
    await desk.receivables.send(other.operator, 'confirm', receivable, random32(), 0, 1, 1, [fingerprint]);
    expect(await desk.receivables.read('receivableOfFingerprint', other.id, fingerprint)).toBe(receivable);
  });

  it('asks for one for each tag key, so that a rotation hides no invoice', async () => {
    const before = random32();
    const receivable = await desk.issued();
    await desk.confirm(receivable, [before]);
    await addKey(KEY_KIND.TAG, tagKey(99));
    await addKey(KEY_KIND.MESSAGE_SIGNING, messageKey(99));
    const again = await desk.issued();
    const mismatch = (given: number) => ({
      name: 'TagCountMismatch',
      args: { obligor: desk.buyer.id, given: BigInt(given), tagKeys: 2 },
    });
    expect(await refused(again, [])).toEqual(mismatch(0));
    expect(await refused(again, [random32()])).toEqual(mismatch(1));
    expect(await refused(again, [random32(), random32(), random32()])).toEqual(mismatch(3));
    expect((await refused(again, [before, random32()])).name).toBe('FingerprintTaken');
    await desk.confirm(again, [random32(), random32()]);
  });

  describe('of an invoice in instalments', () => {
    const asInstalment = (receivable: string, fingerprint: string, k: number, n: number) =>
      desk.confirm(receivable, [fingerprint], 0, [k, n]);
    const refusedInstalment = (receivable: string, fingerprint: string, k: number, n: number) =>
      desk.receivables.refusal(desk.buyer.operator, 'confirm', receivable, random32(), 0, k, n, [fingerprint]);

    it('takes each instalment once, in any order', async () => {
      const fingerprint = random32();
      const [one, two] = [await desk.issued(), await desk.issued()];
      await asInstalment(two, fingerprint, 2, 2);
      await asInstalment(one, fingerprint, 1, 2);
      expect(await desk.receivable(one)).toMatchObject({ instalment: 1, instalments: 2 });
      const { id: obligor } = desk.buyer;
      for (const [k, receivable] of [[1, one] as const, [2, two] as const]) {
        expect(await desk.receivables.read('receivableOfInstalment', obligor, fingerprint, k)).toBe(receivable);
        expect(await refusedInstalment(await desk.issued(), fingerprint, k, 2)).toEqual({
          name: 'FingerprintTaken',
          args: { obligor, fingerprint, receivable },
        });
      }
    });

    it.each([
      [1, 1, 1, 2],
      [1, 1, 2, 2],
      [2, 3, 1, 1],
      [2, 3, 1, 2],
      [1, 2, 3, 3],
    ])('one confirmed as %i of %i lets none in as %i of %i', async (k, n, other, count) => {
      const fingerprint = random32();
      await asInstalment(await desk.issued(), fingerprint, k, n);
      expect(await refusedInstalment(await desk.issued(), fingerprint, other, count)).toEqual({
        name: 'InstalmentCountMismatch',
        args: { obligor: desk.buyer.id, fingerprint, given: count, instalments: n },
      });
    });

    it.each([
      [0, 0],
      [0, 1],
      [2, 1],
      [1, 1001],
      [1001, 1001],
    ])('%i of %i is none', async (instalment, instalments) => {
      expect(await refusedInstalment(await desk.issued(), random32(), instalment, instalments)).toEqual({
        name: 'InstalmentInvalid',
        args: { instalment, instalments, limit: 1000 },
      });
    });

    it('leaves the one of a voided receivable to its successor', async () => {
      const fingerprint = random32();
      const [first, voided, next] = [await desk.issued(), await desk.issued(), await desk.issued()];
      await asInstalment(first, fingerprint, 1, 2);
      await asInstalment(voided, fingerprint, 2, 2);
      const consent = await desk.consent(
        desk.holderOf(voided),
        voided,
        'VOID',
        hash(['bytes32', 'bytes32'], [voided, next]),
      );
      await desk.receivables.send(desk.buyer.operator, 'voidReceivable', voided, next, consent, []);
      expect((await refusedInstalment(await desk.issued(), fingerprint, 2, 2)).name).toBe('FingerprintTaken');
      expect((await refusedInstalment(next, fingerprint, 1, 2)).name).toBe('FingerprintTaken');
      await asInstalment(next, fingerprint, 2, 2);
    });
  });

  it('takes none twice within one confirmation', async () => {
    await addKey(KEY_KIND.TAG, tagKey(99));
    const fingerprint = random32();
    expect((await refused(await desk.issued(), [fingerprint, fingerprint])).name).toBe('FingerprintTaken');
  });
});
