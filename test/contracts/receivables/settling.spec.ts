import { ZeroHash } from 'ethers';
import { random32 } from '../support/votes.js';
import { Desk, type LenderConsent, RECEIVABLE, hash } from './desk.js';

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

const consents = async (...objects: string[]): Promise<LenderConsent[]> => {
  const details = hash(['bytes32', 'bytes32'], [receivable, (await desk.receivable(receivable)).head]);
  const given: LenderConsent[] = [];
  for (const object of objects)
    given.push({ object, consent: await desk.consent(desk.lenderOf(object), object, 'SETTLE', details) });
  return given;
};
const settle = (lenders: LenderConsent[] = [], by = desk.holderOf(receivable)) =>
  desk.receivables.send(by, 'settle', receivable, lenders);
const refused = (lenders: LenderConsent[] = [], by = desk.holderOf(receivable)) =>
  desk.receivables.refusal(by, 'settle', receivable, lenders);

describe('the payee settles what was paid and stayed confirmed', () => {
  it('the holder by its word, after two acknowledgements of which neither knew of the other', async () => {
    for (const index of [await desk.claim(receivable), await desk.claim(receivable)])
      await desk.receivables.send(desk.holderOf(receivable), 'acknowledgePayment', receivable, index, false, []);
    const before = await desk.receivable(receivable);
    const { events, time } = await settle();
    const entry = hash(
      ['bytes32', 'uint32', 'uint8', 'bytes32', 'uint32', 'uint40'],
      [receivable, 5, 8, ZeroHash, 0, time],
    );
    const head = hash(['bytes32', 'bytes32'], [before.head, entry]);
    expect(events).toEqual([
      { name: 'SettlementDeclared', args: { receivable, index: 5, head, coverVersion: 3 } },
      { name: 'ReceivableSettled', args: { receivable } },
    ]);
    expect(await desk.receivable(receivable)).toMatchObject({ status: RECEIVABLE.SETTLED, head, coverVersion: 3 });
    expect((await refused()).name).toBe('ReceivableNotConfirmed');
  });

  it('nobody else', async () => {
    for (const other of [desk.buyer.operator, desk.supplier.operator, desk.stranger()])
      expect((await refused([], other)).name).toBe('PaymentNotPayee');
  });

  it('the lender alone once notice is acknowledged, and then not the holder', async () => {
    await desk.reserve(receivable);
    await desk.disburse(receivable);
    await desk.noticed(receivable);
    expect((await refused()).name).toBe('PaymentNotPayee');
    const lender = desk.lenderOf(receivable);
    expect((await refused(await consents(receivable), lender)).name).toBe('ConsentUnexpected');
    await settle([], lender);
  });
});

describe('rule 3, no settlement past a lender', () => {
  it('asks the lender of the receivable, then those of its orders', async () => {
    await desk.reserve(order);
    await desk.reserve(receivable, { first: new Map([[order, desk.lenderOf(order)]]) });
    expect((await refused()).name).toBe('ReceivableAlreadyEncumbered');
    expect((await refused(await consents(receivable))).name).toBe('OrderAlreadyEncumbered');
    expect((await refused(await consents(order, receivable))).name).toBe('ReceivableAlreadyEncumbered');
    await settle(await consents(receivable, order));
  });

  it('as of the log that the lender saw: after any further entry it is asked again', async () => {
    await desk.reserve(receivable);
    const given = await consents(receivable);
    await desk.claim(receivable);
    expect((await refused(given)).name).toBe('ConsentInvalidSignature');
    await settle(await consents(receivable));
  });

  it('a consent to the settlement by a payment is none to the payee’s word', async () => {
    await desk.reserve(receivable);
    const index = await desk.claim(receivable);
    const details = hash(['bytes32', 'uint32'], [receivable, index]);
    const consent = await desk.consent(desk.lenderOf(receivable), receivable, 'SETTLE', details);
    expect((await refused([{ object: receivable, consent }])).name).toBe('ConsentInvalidSignature');
  });
});

it('what is settled is paid no more', async () => {
  const index = await desk.claim(receivable);
  await settle();
  const args = [receivable, index, false, []];
  const refusal = await desk.receivables.refusal(desk.holderOf(receivable), 'acknowledgePayment', ...args);
  expect(refusal.name).toBe('ReceivableNotConfirmed');
  expect((await desk.receivables.refusal(desk.buyer.operator, 'claimPayment', receivable, random32())).name).toBe(
    'ReceivableNotConfirmed',
  );
});
