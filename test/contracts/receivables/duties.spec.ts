import { ZeroHash } from 'ethers';
import { random32 } from '../support/votes.js';
import { Desk, RECEIVABLE, hash } from './desk.js';

// Rule 10: suspension takes the right to begin, not the duty to finish.
let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.reset());

const suspended = (member: number) => ({ name: 'MemberNotActive', args: { member, status: 2 } });

describe('a suspended supplier', () => {
  it('issues nothing', async () => {
    const order = await desk.trade.accepted();
    await desk.trade.suspend(desk.supplier);
    const args = [[order], random32(), desk.stranger().address, random32()] as const;
    expect(await desk.receivables.refusal(desk.supplier.operator, 'issue', ...args)).toEqual(
      suspended(desk.supplier.id),
    );
  });

  it.each(['order', 'receivable'])('encumbers no %s', async (what) => {
    const object = what === 'order' ? await desk.trade.accepted() : await desk.confirmed();
    await desk.trade.suspend(desk.supplier);
    expect(await desk.refusedReserve(object)).toEqual(suspended(desk.supplier.id));
  });

  it('still credits, acknowledges payments and lets a receivable be voided', async () => {
    const [one, two] = [await desk.confirmed(), await desk.confirmed()];
    await desk.trade.suspend(desk.supplier);
    await desk.receivables.send(desk.supplier.operator, 'issueCreditNote', one, random32());
    const index = await desk.claim(one);
    await desk.receivables.send(desk.holderOf(one), 'acknowledgePayment', one, index, true, []);
    const details = hash(['bytes32', 'bytes32'], [two, ZeroHash]);
    const consent = await desk.consent(desk.holderOf(two), two, 'VOID', details);
    const args = [two, ZeroHash, consent, []] as const;
    await desk.receivables.send(desk.buyer.operator, 'voidReceivable', ...args);
    expect((await desk.receivable(two)).status).toBe(RECEIVABLE.VOID);
  });
});

describe('a suspended obligor', () => {
  it('confirms nothing', async () => {
    const receivable = await desk.issued();
    await desk.trade.suspend(desk.buyer);
    const args = [receivable, random32(), 0, 1, 1, [random32()]] as const;
    expect(await desk.receivables.refusal(desk.buyer.operator, 'confirm', ...args)).toEqual(suspended(desk.buyer.id));
  });

  it('still pays, disputes, resolves and acknowledges notice', async () => {
    const receivable = await desk.confirmed();
    await desk.reserve(receivable);
    await desk.disburse(receivable);
    await desk.trade.suspend(desk.buyer);
    await desk.noticed(receivable);
    await desk.claim(receivable);
    const dispute = await desk.dispute(receivable);
    await desk.receivables.send(desk.buyer.operator, 'resolveDispute', receivable, dispute, random32());
  });

  it('does not keep its suppliers from financing what it confirmed', async () => {
    const receivable = await desk.confirmed();
    const agreement = await desk.agree(receivable);
    await desk.trade.suspend(desk.buyer);
    await desk.receivables.send(desk.stranger(), 'reserve', ...agreement);
  });
});

describe('a suspended lender', () => {
  it('reserves nothing by an account that is known as its own', async () => {
    const bank = desk.trade.consortium.member('bank-a');
    const receivable = await desk.confirmed();
    await desk.trade.suspend(bank);
    expect(await desk.refusedReserve(receivable, { lender: bank.operator })).toEqual(suspended(bank.id));
  });
});

describe('a revoked operator', () => {
  it('encumbers no order: its consent counts by the key’s state when it is included', async () => {
    const order = await desk.trade.accepted();
    const agreement = await desk.agree(order);
    await desk.trade.revokeOperator(desk.supplier);
    expect(await desk.receivables.refusal(desk.stranger(), 'reserve', ...agreement)).toMatchObject({
      name: 'MemberKeyRevoked',
      args: { account: desk.supplier.operator.address },
    });
  });

  it('does nothing to a receivable any more, while what it did stands', async () => {
    const receivable = await desk.confirmed();
    await desk.trade.revokeOperator(desk.buyer);
    await desk.trade.revokeOperator(desk.supplier);
    for (const [operator, fn, ...args] of [
      [desk.buyer.operator, 'claimPayment', receivable, random32()],
      [desk.buyer.operator, 'openDispute', receivable, random32()],
      [desk.supplier.operator, 'issueCreditNote', receivable, random32()],
    ] as const) {
      expect((await desk.receivables.refusal(operator, fn, ...args)).name).toBe('MemberKeyRevoked');
    }
    expect((await desk.receivable(receivable)).status).toBe(RECEIVABLE.CONFIRMED);
  });
});

it('another member’s operator signs for no order of the supplier', async () => {
  const order = await desk.trade.accepted();
  const other = desk.trade.consortium.member('other-supplier').operator;
  expect(await desk.refusedReserve(order, { holder: other })).toEqual({
    name: 'EncumbranceUnauthorized',
    args: { object: order, account: other.address },
  });
  const buyer = await desk.refusedReserve(order, { holder: desk.buyer.operator });
  expect(buyer.name).toBe('MemberMissingRole');
});
