import { ZeroHash } from 'ethers';
import type { Signer } from '../support/chain.js';
import { random32 } from '../support/votes.js';
import { Desk, type LenderConsent, RECEIVABLE, hash } from './desk.js';

let desk: Desk;
let receivable: string;
let order: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  order = await desk.trade.accepted();
  receivable = await desk.confirmed([order]);
});

const acknowledge = (by: Signer, index: number, settles: boolean, lenders: LenderConsent[] = []) =>
  desk.receivables.send(by, 'acknowledgePayment', receivable, index, settles, lenders);
const refused = (by: Signer, index: number, settles: boolean, lenders: LenderConsent[] = []) =>
  desk.receivables.refusal(by, 'acknowledgePayment', receivable, index, settles, lenders);
const settlement = async (index: number, ...objects: string[]): Promise<LenderConsent[]> => {
  const details = hash(['bytes32', 'uint32'], [receivable, index]);
  const given: LenderConsent[] = [];
  for (const object of objects) {
    given.push({ object, consent: await desk.consent(desk.lenderOf(object), object, 'SETTLE', details) });
  }
  return given;
};

describe('a payment', () => {
  it('is claimed by the obligor, and counts when the payee says so', async () => {
    const commitment = random32();
    const { head: before } = await desk.receivable(receivable);
    const claimed = await desk.receivables.send(desk.buyer.operator, 'claimPayment', receivable, commitment);
    const entry = (index: number, kind: number, value: string, about: number, time: number) =>
      hash(
        ['bytes32', 'uint32', 'uint8', 'bytes32', 'uint32', 'uint40'],
        [receivable, index, kind, value, about, time],
      );
    const first = hash(['bytes32', 'bytes32'], [before, entry(1, 2, commitment, 0, claimed.time)]);
    expect(claimed.events).toEqual([
      { name: 'PaymentClaimed', args: { receivable, index: 1, commitment, head: first } },
    ]);
    expect(await desk.receivables.read('openEntryKind', receivable, 1)).toBe(2);
    expect((await desk.receivable(receivable)).coverVersion).toBe(0);

    const { events, time } = await acknowledge(desk.holderOf(receivable), 1, false);
    const head = hash(['bytes32', 'bytes32'], [first, entry(2, 3, ZeroHash, 1, time)]);
    expect(events).toEqual([
      { name: 'PaymentAcknowledged', args: { receivable, index: 1, settles: false, head, coverVersion: 1 } },
    ]);
    expect(await desk.receivable(receivable)).toMatchObject({
      status: RECEIVABLE.CONFIRMED,
      head,
      entries: 3,
      coverVersion: 1,
    });
  });

  it('settles when the payee says that the amount is reached', async () => {
    const index = await desk.claim(receivable);
    const { events } = await acknowledge(desk.holderOf(receivable), index, true);
    expect(events.map(({ name }) => name)).toEqual(['PaymentAcknowledged', 'ReceivableSettled']);
    expect((await desk.receivable(receivable)).status).toBe(RECEIVABLE.SETTLED);
  });

  it('counts once', async () => {
    const index = await desk.claim(receivable);
    await acknowledge(desk.holderOf(receivable), index, false);
    expect(await refused(desk.holderOf(receivable), index, true)).toEqual({
      name: 'PaymentNotClaimed',
      args: { receivable, index },
    });
  });

  it.each(['the confirmation', 'a dispute', 'a credit note', 'nothing'])('is not %s', async (what) => {
    let index = 0;
    if (what === 'a dispute') index = await desk.dispute(receivable);
    if (what === 'nothing') index = 7;
    if (what === 'a credit note') {
      await desk.receivables.send(desk.supplier.operator, 'issueCreditNote', receivable, random32());
      index = 1;
    }
    expect((await refused(desk.holderOf(receivable), index, true)).name).toBe('PaymentNotClaimed');
  });

  it('is claimed by the obligor only, and of something', async () => {
    const args = [receivable, random32()] as const;
    expect((await desk.receivables.refusal(desk.supplier.operator, 'claimPayment', ...args)).name).toBe(
      'ReceivableUnauthorized',
    );
    expect((await desk.receivables.refusal(desk.holderOf(receivable), 'claimPayment', ...args)).name).toBe(
      'MemberUnknownOperator',
    );
    expect((await desk.receivables.refusal(desk.buyer.operator, 'claimPayment', receivable, ZeroHash)).name).toBe(
      'ReceivableCommitmentMissing',
    );
  });
});

describe('a claim to have paid', () => {
  const withdraw = (by: Signer, index: number) => desk.receivables.send(by, 'withdrawPayment', receivable, index);
  const notWithdrawn = (by: Signer, index: number) =>
    desk.receivables.refusal(by, 'withdrawPayment', receivable, index);

  it('is taken back by its obligor, stays in the log and counts for nothing', async () => {
    const index = await desk.claim(receivable);
    const { head: before, coverVersion } = await desk.receivable(receivable);
    const { events, time } = await withdraw(desk.buyer.operator, index);
    const entry = hash(
      ['bytes32', 'uint32', 'uint8', 'bytes32', 'uint32', 'uint40'],
      [receivable, index + 1, 14, ZeroHash, index, time],
    );
    const head = hash(['bytes32', 'bytes32'], [before, entry]);
    expect(events).toEqual([{ name: 'PaymentWithdrawn', args: { receivable, index, head } }]);
    expect(await desk.receivables.read('openEntryKind', receivable, index)).toBe(0);
    const { CONFIRMED: status } = RECEIVABLE;
    expect(await desk.receivable(receivable)).toMatchObject({ status, head, entries: index + 2, coverVersion });
  });

  it('is answered once: withdrawn, it is neither acknowledged nor withdrawn again', async () => {
    const [index, other] = [await desk.claim(receivable), await desk.claim(receivable)];
    await withdraw(desk.buyer.operator, index);
    const gone = { name: 'PaymentNotClaimed', args: { receivable, index } };
    for (const settles of [false, true]) expect(await refused(desk.holderOf(receivable), index, settles)).toEqual(gone);
    expect(await notWithdrawn(desk.buyer.operator, index)).toEqual(gone);
    await acknowledge(desk.holderOf(receivable), other, false);
    expect(await notWithdrawn(desk.buyer.operator, other)).toEqual({ ...gone, args: { receivable, index: other } });
  });

  it('is taken back by nobody else', async () => {
    const index = await desk.claim(receivable);
    await desk.reserve(receivable);
    await desk.disburse(receivable);
    await desk.noticed(receivable);
    expect((await notWithdrawn(desk.supplier.operator, index)).name).toBe('ReceivableUnauthorized');
    for (const account of [desk.holderOf(receivable), desk.lenderOf(receivable), desk.stranger()])
      expect((await notWithdrawn(account, index)).name).toBe('MemberUnknownOperator');
    await desk.trade.revokeOperator(desk.buyer);
    expect((await notWithdrawn(desk.buyer.operator, index)).name).toBe('MemberKeyRevoked');
    expect(await desk.receivables.read('openEntryKind', receivable, index)).toBe(2);
  });

  it('no other entry is taken for one', async () => {
    const dispute = await desk.dispute(receivable);
    for (const index of [0, dispute, 7])
      expect((await notWithdrawn(desk.buyer.operator, index)).name).toBe('PaymentNotClaimed');
    expect(await desk.receivables.read('openEntryKind', receivable, dispute)).toBe(6);
  });
});

describe('rule 3, the payee entitled', () => {
  it('is the holder, nobody else', async () => {
    const index = await desk.claim(receivable);
    const payee = desk.holderOf(receivable).address;
    for (const other of [desk.buyer.operator, desk.supplier.operator, desk.stranger()]) {
      expect(await refused(other, index, false)).toEqual({
        name: 'PaymentNotPayee',
        args: { receivable, account: other.address, payee },
      });
    }
  });

  it('is the holder still while notice is not acknowledged', async () => {
    const index = await desk.claim(receivable);
    await desk.reserve(receivable);
    await desk.disburse(receivable);
    await desk.receivables.send(desk.lenderOf(receivable), 'notify', receivable, random32());
    expect((await refused(desk.lenderOf(receivable), index, false)).name).toBe('PaymentNotPayee');
    await acknowledge(desk.holderOf(receivable), index, false);
  });

  it('is the lender once notice is acknowledged, also for what was claimed before', async () => {
    const index = await desk.claim(receivable);
    await desk.reserve(receivable);
    await desk.disburse(receivable);
    await desk.noticed(receivable);
    const lender = desk.lenderOf(receivable);
    expect(await refused(desk.holderOf(receivable), index, true)).toEqual({
      name: 'PaymentNotPayee',
      args: { receivable, account: desk.holderOf(receivable).address, payee: lender.address },
    });
    await acknowledge(lender, index, true);
    expect((await desk.receivable(receivable)).status).toBe(RECEIVABLE.SETTLED);
    await desk.receivables.send(lender, 'release', receivable, random32());
  });
});

describe('rule 3, no settlement past a lender', () => {
  it.each(['RESERVED', 'PLEDGED'])('holder and obligor do not settle what is %s', async (state) => {
    await desk.reserve(receivable, {}, { kind: 1 });
    if (state === 'PLEDGED') await desk.disburse(receivable);
    const index = await desk.claim(receivable);
    const holder = desk.holderOf(receivable);
    expect((await refused(holder, index, true)).name).toBe('ReceivableAlreadyEncumbered');
    await acknowledge(holder, index, true, await settlement(index, receivable));
    expect((await desk.receivable(receivable)).status).toBe(RECEIVABLE.SETTLED);
  });

  it('nor what a claim on the order reaches', async () => {
    await desk.reserve(order);
    const index = await desk.claim(receivable);
    const holder = desk.holderOf(receivable);
    expect(await refused(holder, index, true)).toEqual({
      name: 'OrderAlreadyEncumbered',
      args: { order, state: 1 },
    });
    await acknowledge(holder, index, true, await settlement(index, order));
  });

  it('each such lender signs, the receivable’s first', async () => {
    await desk.reserve(order);
    await desk.reserve(receivable, { first: new Map([[order, desk.lenderOf(order)]]) });
    const index = await desk.claim(receivable);
    const holder = desk.holderOf(receivable);
    expect((await refused(holder, index, true, await settlement(index, receivable))).name).toBe(
      'OrderAlreadyEncumbered',
    );
    expect((await refused(holder, index, true, await settlement(index, order))).name).toBe(
      'ReceivableAlreadyEncumbered',
    );
    await acknowledge(holder, index, true, await settlement(index, receivable, order));
  });

  it('to the settlement by this payment', async () => {
    await desk.reserve(receivable);
    const [one, two] = [await desk.claim(receivable), await desk.claim(receivable)];
    const refusal = await refused(desk.holderOf(receivable), two, true, await settlement(one, receivable));
    expect(refusal.name).toBe('ConsentInvalidSignature');
  });

  it('a lapsed reservation holds nothing up', async () => {
    await desk.reserve(receivable);
    await desk.trade.pass(3 * 86_400);
    await acknowledge(desk.holderOf(receivable), await desk.claim(receivable), true);
  });

  it('consents that are not needed are refused', async () => {
    await desk.reserve(receivable);
    const index = await desk.claim(receivable);
    const given = await settlement(index, receivable);
    expect(await refused(desk.holderOf(receivable), index, false, given)).toEqual({
      name: 'ConsentUnexpected',
      args: { object: receivable },
    });
  });
});
