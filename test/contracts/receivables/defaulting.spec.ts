import { ZeroHash } from 'ethers';
import type { Signer } from '../support/chain.js';
import { random32 } from '../support/votes.js';
import { Desk, ENCUMBRANCE, type LenderConsent, RECEIVABLE, hash } from './desk.js';

const MARK = { OVERDUE: 1, DEFAULTED: 2, REPURCHASED: 4 } as const;

let desk: Desk;
let order: string;
let receivable: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  order = await desk.trade.accepted();
  receivable = await desk.confirmed([order]);
});

const send = (by: Signer, fn: string, ...args: unknown[]) => desk.receivables.send(by, fn, ...args);
const refusal = (by: Signer, fn: string, ...args: unknown[]) => desk.receivables.refusal(by, fn, ...args);
const financed = async (kind: 1 | 2 = 2, object = receivable) => {
  await desk.reserve(object, {}, { kind });
  await desk.disburse(object);
};
const holder = () => desk.holderOf(receivable);
const lender = () => desk.lenderOf(receivable);

describe('marks of the payee', () => {
  it('OVERDUE, then DEFAULTED: each an entry of the log that makes consents stale', async () => {
    const [late, lost] = [random32(), random32()];
    const { head: before } = await desk.receivable(receivable);
    const overdue = await send(holder(), 'markOverdue', receivable, late);
    const entry = (index: number, kind: number, commitment: string, time: number) =>
      hash(
        ['bytes32', 'uint32', 'uint8', 'bytes32', 'uint32', 'uint40'],
        [receivable, index, kind, commitment, 0, time],
      );
    const first = hash(['bytes32', 'bytes32'], [before, entry(1, 10, late, overdue.time)]);
    expect(overdue.events).toEqual([
      {
        name: 'ReceivableMarkedOverdue',
        args: { receivable, index: 1, commitment: late, head: first, coverVersion: 1 },
      },
    ]);
    const defaulted = await send(holder(), 'markDefaulted', receivable, lost);
    const head = hash(['bytes32', 'bytes32'], [first, entry(2, 11, lost, defaulted.time)]);
    expect(defaulted.events).toEqual([
      { name: 'ReceivableMarkedDefaulted', args: { receivable, index: 2, commitment: lost, head, coverVersion: 2 } },
    ]);
    expect(await desk.receivable(receivable)).toMatchObject({
      status: RECEIVABLE.CONFIRMED,
      marks: MARK.OVERDUE | MARK.DEFAULTED,
      head,
    });
  });

  it('once each, and default only of what is overdue', async () => {
    expect(await refusal(holder(), 'markDefaulted', receivable, random32())).toEqual({
      name: 'ReceivableNotOverdue',
      args: { receivable },
    });
    await send(holder(), 'markOverdue', receivable, random32());
    expect(await refusal(holder(), 'markOverdue', receivable, random32())).toEqual({
      name: 'ReceivableAlreadyMarked',
      args: { receivable, marks: 1 },
    });
    await send(holder(), 'markDefaulted', receivable, random32());
    expect((await refusal(holder(), 'markDefaulted', receivable, random32())).name).toBe('ReceivableAlreadyMarked');
  });

  it.each(['markOverdue', 'markDefaulted'])('%s is the payee’s, and says something', async (fn) => {
    if (fn === 'markDefaulted') await send(holder(), 'markOverdue', receivable, random32());
    for (const other of [desk.buyer.operator, desk.supplier.operator, desk.stranger()])
      expect((await refusal(other, fn, receivable, random32())).name).toBe('PaymentNotPayee');
    expect((await refusal(holder(), fn, receivable, ZeroHash)).name).toBe('ReceivableCommitmentMissing');
    await financed();
    await desk.noticed(receivable);
    expect((await refusal(holder(), fn, receivable, random32())).name).toBe('PaymentNotPayee');
    await send(lender(), fn, receivable, random32());
  });

  it('an overdue receivable is paid and settled as any', async () => {
    await send(holder(), 'markOverdue', receivable, random32());
    await send(holder(), 'settle', receivable, []);
    expect(await desk.receivable(receivable)).toMatchObject({ status: RECEIVABLE.SETTLED, marks: MARK.OVERDUE });
  });
});

describe('a write-off', () => {
  it.each(['ASSIGNED', 'NOTIFIED'])('is the lender’s whose claim is %s, and ends both', async (state) => {
    await financed();
    if (state === 'NOTIFIED') await desk.noticed(receivable);
    const commitment = random32();
    const { events } = await send(lender(), 'writeOff', receivable, commitment, []);
    const { head, status } = await desk.receivable(receivable);
    expect(events).toEqual([{ name: 'ReceivableWrittenOff', args: { receivable, index: 1, commitment, head } }]);
    expect(status).toBe(RECEIVABLE.WRITTEN_OFF);
    expect(await desk.stateOf(receivable)).toBe(ENCUMBRANCE.NONE);
    expect((await desk.trade.order(order)).encumberedDescendants).toBe(0);
    expect((await refusal(holder(), 'settle', receivable, [])).name).toBe('ReceivableNotConfirmed');
  });

  it.each([
    ['a reservation', async () => void (await desk.reserve(receivable))],
    ['a pledge', () => financed(1)],
    [
      'a pledge under notice, acknowledged or not,',
      async () => {
        await financed(1);
        await desk.noticed(receivable);
      },
    ],
  ])('%s gives no title to', async (_, made) => {
    await made();
    const refused = await refusal(lender(), 'writeOff', receivable, random32(), []);
    expect(refused.name).toBe('EncumbranceInvalidTransition');
  });

  it('is nobody else’s, and says something', async () => {
    await financed();
    for (const other of [holder(), desk.buyer.operator, desk.stranger()])
      expect((await refusal(other, 'writeOff', receivable, random32(), [])).name).toBe('EncumbranceUnauthorized');
    expect((await refusal(lender(), 'writeOff', receivable, ZeroHash, [])).name).toBe('ReceivableCommitmentMissing');
  });

  it('asks the lender of an order that it reaches', async () => {
    await desk.reserve(order);
    await desk.reserve(receivable, { first: new Map([[order, desk.lenderOf(order)]]) });
    await desk.disburse(receivable);
    const commitment = random32();
    expect((await refusal(lender(), 'writeOff', receivable, commitment, [])).name).toBe('OrderAlreadyEncumbered');
    const details = hash(['bytes32', 'bytes32'], [receivable, commitment]);
    const consent = await desk.consent(desk.lenderOf(order), order, 'WRITE_OFF', details);
    await send(lender(), 'writeOff', receivable, commitment, [{ object: order, consent }] satisfies LenderConsent[]);
  });
});

describe('a contested disbursement', () => {
  it('is marked and frees nothing', async () => {
    await financed();
    const commitment = random32();
    const before = await desk.encumbrance(receivable);
    const { events } = await send(holder(), 'contestDisbursement', receivable, commitment);
    expect(events).toEqual([{ name: 'DisbursementContested', args: { object: receivable, commitment } }]);
    expect(await desk.encumbrance(receivable)).toEqual({ ...before, contested: true });
    expect(await refusal(holder(), 'contestDisbursement', receivable, commitment)).toEqual({
      name: 'DisbursementAlreadyContested',
      args: { object: receivable },
    });
  });

  it('of an order is its supplier’s to contest', async () => {
    await financed(2, order);
    expect((await refusal(desk.buyer.operator, 'contestDisbursement', order, random32())).name).toBe(
      'EncumbranceUnauthorized',
    );
    await send(desk.supplier.operator, 'contestDisbursement', order, random32());
    expect((await desk.encumbrance(order)) as object).toMatchObject({ contested: true });
  });

  it('is the holder’s word about money that is said to be out', async () => {
    expect((await refusal(holder(), 'contestDisbursement', receivable, random32())).name).toBe(
      'EncumbranceInvalidTransition',
    );
    await desk.reserve(receivable);
    expect((await refusal(holder(), 'contestDisbursement', receivable, random32())).name).toBe(
      'EncumbranceInvalidTransition',
    );
    await desk.disburse(receivable);
    expect((await refusal(lender(), 'contestDisbursement', receivable, random32())).name).toBe(
      'EncumbranceUnauthorized',
    );
    expect((await refusal(holder(), 'contestDisbursement', receivable, ZeroHash)).name).toBe(
      'ReceivableCommitmentMissing',
    );
  });

  it('a new claim is not contested because an old one was', async () => {
    await financed();
    await send(holder(), 'contestDisbursement', receivable, random32());
    await send(lender(), 'release', receivable, random32());
    await desk.reserve(receivable);
    expect(await desk.encumbrance(receivable)).toMatchObject({ contested: false });
  });
});

describe('recourse and buy-back', () => {
  it.each(['a receivable', 'an order'])('recourse on %s is called once, by the lender', async (what) => {
    const object = what === 'an order' ? order : receivable;
    await financed(2, object);
    const [by, commitment] = [desk.lenderOf(object), random32()];
    expect((await refusal(holder(), 'callRecourse', object, commitment)).name).toBe('EncumbranceUnauthorized');
    expect((await refusal(by, 'callRecourse', object, ZeroHash)).name).toBe('ReceivableCommitmentMissing');
    expect((await send(by, 'callRecourse', object, commitment)).events).toEqual([
      { name: 'RecourseCalled', args: { object, commitment } },
    ]);
    expect(await desk.encumbrance(object)).toMatchObject({ recourseCalled: true, state: ENCUMBRANCE.ASSIGNED });
    expect(await refusal(by, 'callRecourse', object, commitment)).toEqual({
      name: 'RecourseAlreadyCalled',
      args: { object },
    });
  });

  it('not of a mere reservation', async () => {
    await desk.reserve(receivable);
    for (const fn of ['callRecourse', 'acknowledgeRepurchase'])
      expect((await refusal(lender(), fn, receivable, random32())).name).toBe('EncumbranceInvalidTransition');
  });

  it('a buy-back that the lender acknowledges frees the receivable, which lives on with its holder', async () => {
    await financed();
    await desk.noticed(receivable);
    const commitment = random32();
    expect((await refusal(holder(), 'acknowledgeRepurchase', receivable, commitment)).name).toBe(
      'EncumbranceUnauthorized',
    );
    expect((await refusal(lender(), 'acknowledgeRepurchase', receivable, ZeroHash)).name).toBe(
      'ReceivableCommitmentMissing',
    );
    expect((await send(lender(), 'acknowledgeRepurchase', receivable, commitment)).events).toEqual([
      { name: 'ReceivableRepurchased', args: { receivable, commitment } },
    ]);
    expect(await desk.receivable(receivable)).toMatchObject({
      status: RECEIVABLE.CONFIRMED,
      marks: MARK.REPURCHASED,
    });
    expect(await desk.stateOf(receivable)).toBe(ENCUMBRANCE.NONE);
    expect((await desk.trade.order(order)).encumberedDescendants).toBe(0);
    await send(holder(), 'settle', receivable, []);
  });

  it('of an order there is none: its claim is released', async () => {
    await financed(2, order);
    expect((await refusal(desk.lenderOf(order), 'acknowledgeRepurchase', order, random32())).name).toBe(
      'ReceivableUnknown',
    );
  });
});

describe('a registration elsewhere', () => {
  it('is an entry of the log by holder or lender: whose came first is for all to see', async () => {
    await financed();
    const [one, two] = [random32(), random32()];
    const first = await send(lender(), 'recordRegistration', receivable, one);
    const second = await send(holder(), 'recordRegistration', receivable, two);
    const { head, entries, coverVersion } = await desk.receivable(receivable);
    expect(first.events[0]).toMatchObject({
      name: 'RegistrationRecorded',
      args: { receivable, index: 1, by: lender().address, commitment: one },
    });
    expect(second.events[0]).toEqual({
      name: 'RegistrationRecorded',
      args: { receivable, index: 2, by: holder().address, commitment: two, head },
    });
    expect([entries, coverVersion]).toEqual([3, 0]);
  });

  it('is nobody else’s, and says something', async () => {
    await desk.reserve(receivable);
    const lapsed = lender();
    await desk.trade.pass(3 * 86_400);
    for (const other of [desk.buyer.operator, desk.supplier.operator, desk.stranger(), lapsed])
      expect(await refusal(other, 'recordRegistration', receivable, random32())).toEqual({
        name: 'RegistrationUnauthorized',
        args: { receivable, account: other.address },
      });
    expect((await refusal(holder(), 'recordRegistration', receivable, ZeroHash)).name).toBe(
      'ReceivableCommitmentMissing',
    );
  });
});
