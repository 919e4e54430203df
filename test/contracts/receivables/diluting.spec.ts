import { ZeroHash } from 'ethers';
import { random32 } from '../support/votes.js';
import { Desk, RECEIVABLE } from './desk.js';

let desk: Desk;
let receivable: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  receivable = await desk.confirmed();
});

it('a credit note is the supplier’s and lowers cover at once', async () => {
  const commitment = random32();
  const { events } = await desk.receivables.send(desk.supplier.operator, 'issueCreditNote', receivable, commitment);
  const head = expect.any(String) as string;
  expect(events).toEqual([
    { name: 'CreditNoteIssued', args: { receivable, index: 1, commitment, head, coverVersion: 1 } },
  ]);
  expect((await desk.receivables.refusal(desk.buyer.operator, 'issueCreditNote', receivable, commitment)).name).toBe(
    'ReceivableUnauthorized',
  );
});

it('a dispute is the obligor’s and lowers cover at once; its end does not', async () => {
  const [why, how] = [random32(), random32()];
  const opened = await desk.receivables.send(desk.buyer.operator, 'openDispute', receivable, why);
  const head = expect.any(String) as string;
  expect(opened.events).toEqual([
    { name: 'DisputeOpened', args: { receivable, index: 1, commitment: why, head, coverVersion: 1 } },
  ]);
  expect((await desk.receivable(receivable)).openDisputes).toBe(1);
  expect(await desk.receivables.read('openEntryKind', receivable, 1)).toBe(6);

  const closed = await desk.receivables.send(desk.buyer.operator, 'resolveDispute', receivable, 1, how);
  expect(closed.events).toEqual([
    { name: 'DisputeResolved', args: { receivable, index: 1, commitment: how, head, coverVersion: 1 } },
  ]);
  expect(await desk.receivable(receivable)).toMatchObject({ openDisputes: 0, coverVersion: 1, entries: 3 });
});

it('only the obligor opens and closes', async () => {
  const index = await desk.dispute(receivable);
  for (const [fn, ...args] of [
    ['openDispute', receivable, random32()],
    ['resolveDispute', receivable, index, random32()],
  ] as const) {
    expect((await desk.receivables.refusal(desk.supplier.operator, fn, ...args)).name).toBe('ReceivableUnauthorized');
    expect((await desk.receivables.refusal(desk.holderOf(receivable), fn, ...args)).name).toBe('MemberUnknownOperator');
  }
});

it('a dispute closes once, and nothing else closes as one', async () => {
  const index = await desk.dispute(receivable);
  const claim = await desk.claim(receivable);
  await desk.receivables.send(desk.buyer.operator, 'resolveDispute', receivable, index, random32());
  for (const closed of [index, claim, 0, 9]) {
    const refused = await desk.receivables.refusal(
      desk.buyer.operator,
      'resolveDispute',
      receivable,
      closed,
      random32(),
    );
    expect(refused).toEqual({ name: 'DisputeNotOpen', args: { receivable, index: closed } });
  }
});

it('a dispute closes after settlement too', async () => {
  const index = await desk.dispute(receivable);
  const claim = await desk.claim(receivable);
  await desk.receivables.send(desk.holderOf(receivable), 'acknowledgePayment', receivable, claim, true, []);
  await desk.receivables.send(desk.buyer.operator, 'resolveDispute', receivable, index, random32());
  expect(await desk.receivable(receivable)).toMatchObject({ status: RECEIVABLE.SETTLED, openDisputes: 0 });
});

it.each([
  ['supplier', 'issueCreditNote'],
  ['buyer', 'openDispute'],
] as const)('nothing is no reason (%s, %s)', async (by, fn) => {
  expect((await desk.receivables.refusal(desk[by].operator, fn, receivable, ZeroHash)).name).toBe(
    'ReceivableCommitmentMissing',
  );
});
