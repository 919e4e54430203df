import { ZeroHash } from 'ethers';
import type { Signer } from '../support/chain.js';
import { random32 } from '../support/votes.js';
import { Desk, type LenderConsent, NOBODY, RECEIVABLE, hash } from './desk.js';

let desk: Desk;
let order: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  order = await desk.trade.accepted();
});

const voiding = async (
  receivable: string,
  successor: string = ZeroHash,
  over: { holder?: Signer; first?: string[] } = {},
) => {
  const details = hash(['bytes32', 'bytes32'], [receivable, successor]);
  const holders = await desk.consent(over.holder ?? desk.holderOf(receivable), receivable, 'VOID', details);
  const first: LenderConsent[] = [];
  for (const object of over.first ?? []) {
    first.push({ object, consent: await desk.consent(desk.lenderOf(object), object, 'VOID', details) });
  }
  return [receivable, successor, holders, first] as const;
};
const doVoid = async (...args: Parameters<typeof voiding>) =>
  desk.receivables.send(desk.buyer.operator, 'voidReceivable', ...(await voiding(...args)));
const refusedVoid = async (...args: Parameters<typeof voiding>) =>
  desk.receivables.refusal(desk.buyer.operator, 'voidReceivable', ...(await voiding(...args)));

it.each(['issued', 'confirmed'] as const)(
  'obligor and holder void what is %s, and its token is gone',
  async (state) => {
    const receivable = await desk[state]([order]);
    const holder = desk.holderOf(receivable).address;
    const { events } = await doVoid(receivable);
    expect(events).toEqual([
      { name: 'Transfer', args: { from: holder, to: NOBODY, tokenId: BigInt(receivable) } },
      { name: 'ReceivableVoided', args: { receivable, successor: ZeroHash } },
    ]);
    expect((await desk.receivable(receivable)).status).toBe(RECEIVABLE.VOID);
    expect(await desk.receivables.read('balanceOf', holder)).toBe(0n);
    expect((await desk.receivables.readRefusal('ownerOf', BigInt(receivable))).name).toBe('ReceivableUnknown');
  },
);

it('neither does alone', async () => {
  const receivable = await desk.confirmed([order]);
  expect((await refusedVoid(receivable, ZeroHash, { holder: desk.supplier.operator })).name).toBe('ConsentWrongSigner');
  const args = await voiding(receivable);
  expect((await desk.receivables.refusal(desk.supplier.operator, 'voidReceivable', ...args)).name).toBe(
    'ReceivableUnauthorized',
  );
  expect((await desk.receivables.refusal(desk.holderOf(receivable), 'voidReceivable', ...args)).name).toBe(
    'MemberUnknownOperator',
  );
});

it('the holder consents to this successor', async () => {
  const [receivable, other] = [await desk.confirmed([order]), await desk.issued([order])];
  const [, , holders, first] = await voiding(receivable);
  const refused = desk.receivables.refusal(desk.buyer.operator, 'voidReceivable', receivable, other, holders, first);
  expect((await refused).name).toBe('ConsentInvalidSignature');
});

describe('no lender is voided away', () => {
  it.each(['reserved', 'assigned'])('while it is %s', async (state) => {
    const receivable = await desk.confirmed([order]);
    await desk.reserve(receivable);
    if (state === 'assigned') await desk.disburse(receivable);
    expect((await refusedVoid(receivable)).name).toBe('ReceivableAlreadyEncumbered');
  });

  it('nor one whose claim on an order reaches it, unless it signs', async () => {
    const receivable = await desk.confirmed([order]);
    await desk.reserve(order);
    expect(await refusedVoid(receivable)).toEqual({ name: 'OrderAlreadyEncumbered', args: { order, state: 1 } });
    await doVoid(receivable, ZeroHash, { first: [order] });
  });

  it('a lapsed reservation holds nothing up, and is cleared', async () => {
    const receivable = await desk.confirmed([order]);
    await desk.reserve(receivable);
    await desk.trade.pass(3 * 86_400);
    await doVoid(receivable);
    expect((await desk.trade.order(order)).encumberedDescendants).toBe(0);
  });
});

describe('rule 2, the successor', () => {
  const fingerprint = random32();
  const voidedFor = async (successor: string) => {
    const receivable = await desk.issued([order]);
    await desk.confirm(receivable, [fingerprint]);
    await doVoid(receivable, successor);
    return receivable;
  };
  const refusedConfirm = (receivable: string) =>
    desk.receivables.refusal(desk.buyer.operator, 'confirm', receivable, random32(), 0, 1, 1, [fingerprint]);

  it('takes the fingerprint over, and no other does', async () => {
    const [successor, other] = [await desk.issued([order]), await desk.issued([order])];
    const receivable = await voidedFor(successor);
    expect(await desk.receivables.read('successorOf', receivable)).toBe(successor);
    expect(await refusedConfirm(other)).toMatchObject({ name: 'FingerprintTaken', args: { receivable } });
    await desk.confirm(successor, [fingerprint]);
    expect(await refusedConfirm(other)).toMatchObject({ name: 'FingerprintTaken', args: { receivable: successor } });
  });

  it('nobody does where none is named', async () => {
    await voidedFor(ZeroHash);
    expect((await refusedConfirm(await desk.issued([order]))).name).toBe('FingerprintTaken');
  });

  it('that is voided unconfirmed passes it on to its own', async () => {
    const [second, third] = [await desk.issued([order]), await desk.issued([order])];
    await voidedFor(second);
    await doVoid(second, third);
    await desk.confirm(third, [fingerprint]);
  });

  it('that is voided without one ends it', async () => {
    const [second, third] = [await desk.issued([order]), await desk.issued([order])];
    await voidedFor(second);
    await doVoid(second);
    expect((await refusedConfirm(third)).name).toBe('FingerprintTaken');
  });

  it('is neither itself, nor confirmed, nor voided before', async () => {
    const [receivable, confirmed, voided] = [
      await desk.confirmed([order]),
      await desk.confirmed([order]),
      await desk.issued([order]),
    ];
    await doVoid(voided);
    for (const successor of [receivable, confirmed, voided]) {
      expect(await refusedVoid(receivable, successor)).toEqual({
        name: 'ReceivableSuccessorRefused',
        args: { receivable, successor },
      });
    }
  });

  it('is not there for what was once encumbered', async () => {
    const [receivable, successor] = [await desk.confirmed([order]), await desk.issued([order])];
    await desk.reserve(receivable);
    await desk.receivables.send(desk.lenderOf(receivable), 'drop', receivable);
    expect((await refusedVoid(receivable, successor)).name).toBe('ReceivableSuccessorRefused');
    await doVoid(receivable);
  });
});
