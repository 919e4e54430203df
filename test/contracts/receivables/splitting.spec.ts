import { ZeroHash, concat, keccak256 } from 'ethers';
import { random32 } from '../support/votes.js';
import { DAY } from '../orders/trade.js';
import { Desk, ENCUMBRANCE, NOBODY, RECEIVABLE, hash } from './desk.js';

let desk: Desk;
let order: string;
let receivable: string;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(async () => {
  await desk.reset();
  order = await desk.trade.accepted();
  receivable = await desk.issued([order]);
  await desk.confirm(receivable, [random32()], 3);
});

const first = (...objects: string[]) => new Map(objects.map((object) => [object, desk.lenderOf(object)]));
const splitRefusal = (...args: readonly unknown[]) => desk.receivables.refusal(desk.stranger(), 'split', ...args);
const pay = async (part: string) => {
  const index = await desk.claim(part);
  await desk.receivables.send(desk.holderOf(part), 'acknowledgePayment', part, index, true, []);
};

describe('a split', () => {
  it('consumes the receivable; its parts stand confirmed on its terms, each held by its new holder', async () => {
    const before = await desk.receivable(receivable);
    const args = await desk.splitting(receivable);
    const { events, time } = await desk.receivables.send(desk.stranger(), 'split', ...args);
    const hashes = await Promise.all(args[1].map((part, i) => desk.partHash(receivable, i, part)));
    const entry = (of: string, index: number, kind: number, commitment: string) =>
      hash(['bytes32', 'uint32', 'uint8', 'bytes32', 'uint32', 'uint40'], [of, index, kind, commitment, 0, time]);
    const head = (previous: string, last: string) => hash(['bytes32', 'bytes32'], [previous, last]);
    const parentHead = head(before.head, entry(receivable, 1, 9, keccak256(concat(hashes))));
    const parent = before.holder;
    const expected: unknown[] = [
      { name: 'Transfer', args: { from: parent, to: NOBODY, tokenId: BigInt(receivable) } },
      { name: 'ReceivableSplit', args: { receivable, parts: 2, head: parentHead } },
    ];
    for (const [i, { holder, commitment }] of args[1].entries()) {
      const part = await desk.partId(receivable, i);
      const partHead = head(ZeroHash, entry(part, 0, 1, commitment));
      expected.push(
        { name: 'Transfer', args: { from: NOBODY, to: holder, tokenId: BigInt(part) } },
        {
          name: 'ReceivableIssued',
          args: { receivable: part, obligor: 1, supplier: before.supplier, holder, commitment, orders: [order] },
        },
        { name: 'PartConfirmed', args: { receivable: part, parent: receivable, part: i, scope: 3, head: partHead } },
      );
      expect(await desk.receivable(part)).toEqual({
        ...before,
        ...{ commitment, holder, head: partHead, entries: 1, coverVersion: 0, instalment: 0, instalments: 0 },
      });
      expect(await desk.receivables.read('parentOf', part)).toBe(receivable);
      expect(await desk.ordersOf(part)).toEqual([order]);
      expect(await desk.receivables.read('ownerOf', part)).toBe(holder);
      expect(await desk.receivables.read('balanceOf', holder)).toBe(1n);
    }
    expect(events).toEqual(expected);
    expect(await desk.receivable(receivable)).toEqual({
      ...before,
      ...{ status: RECEIVABLE.SPLIT, entries: 2, head: parentHead },
    });
    expect(await desk.receivables.read('balanceOf', parent)).toBe(0n);
    expect((await desk.receivables.readRefusal('ownerOf', receivable)).name).toBe('ReceivableUnknown');
    expect(await desk.receivables.read('parentOf', receivable)).toBe(ZeroHash);
  });

  it('into one part is a transfer, and a part can be split again, tier by tier', async () => {
    const [transferred] = await desk.split(receivable, { holders: [desk.stranger()] });
    const [one, two] = await desk.split(transferred!);
    const [deep] = await desk.split(one!);
    expect(await desk.receivables.read('parentOf', deep!)).toBe(one);
    expect(await desk.receivables.read('parentOf', one!)).toBe(transferred);
    for (const part of [deep!, two!]) await pay(part);
    expect((await desk.receivable(deep!)).status).toBe(RECEIVABLE.SETTLED);
  });

  it('is not of nothing, nor of more than 32', async () => {
    const args = await desk.splitting(receivable);
    const refused = { name: 'SplitInvalidPartCount', args: { count: 0n, limit: 32n } };
    expect(await splitRefusal(args[0], [], args[2], args[3], [], [])).toEqual(refused);
    const many = Array.from({ length: 33 }, () => args[1][0]);
    expect((await splitRefusal(args[0], many, ...args.slice(2))).args).toEqual({ count: 33n, limit: 32n });
  });

  it('gives each part a holder and a commitment', async () => {
    const [id, parts, ...rest] = await desk.splitting(receivable);
    const withPart = (over: object) => [id, [{ ...parts[0], ...over }, parts[1]], ...rest];
    expect((await splitRefusal(...withPart({ holder: NOBODY }))).name).toBe('ReceivableHolderMissing');
    expect((await splitRefusal(...withPart({ commitment: ZeroHash }))).name).toBe('ReceivableCommitmentMissing');
  });
});

describe('rule 4, when it is refused', () => {
  it.each(['RESERVED', 'PLEDGED'])('while a lender has a claim on it that is %s', async (state) => {
    await desk.reserve(receivable, {}, { kind: 1 });
    if (state === 'PLEDGED') await desk.disburse(receivable);
    expect(await desk.refusedSplit(receivable)).toMatchObject({
      name: 'ReceivableAlreadyEncumbered',
      args: { state: ENCUMBRANCE[state as 'RESERVED'] },
    });
  });

  it('not by a reservation that lapsed', async () => {
    await desk.reserve(receivable);
    await desk.trade.pass(3 * DAY);
    await desk.split(receivable);
    expect((await desk.trade.order(order)).encumberedDescendants).toBe(0);
  });

  it('while the obligor disputes it', async () => {
    const index = await desk.dispute(receivable);
    expect(await desk.refusedSplit(receivable)).toEqual({
      name: 'ReceivableDisputed',
      args: { receivable, openDisputes: 1 },
    });
    await desk.receivables.send(desk.buyer.operator, 'resolveDispute', receivable, index, random32());
    await desk.split(receivable);
  });

  it('when the payee has marked it overdue', async () => {
    await desk.receivables.send(desk.holderOf(receivable), 'markOverdue', receivable, random32());
    expect(await desk.refusedSplit(receivable)).toEqual({ name: 'ReceivableIsOverdue', args: { receivable } });
  });

  it('when its order was cancelled, since no part could be financed; what is split already stays owed', async () => {
    const [part] = await desk.split(receivable);
    const other = await desk.confirmed([order]);
    await desk.trade.both('cancel', order);
    for (const each of [other, part!]) expect((await desk.refusedSplit(each)).name).toBe('OrderNotInForce');
    expect((await desk.refusedReserve(part!)).name).toBe('OrderNotInForce');
    await pay(part!);
    expect((await desk.receivable(part!)).status).toBe(RECEIVABLE.SETTLED);
  });

  it('not by an order that is completed', async () => {
    await desk.trade.both('complete', order);
    await desk.split(receivable);
  });

  it('twice', async () => {
    await desk.split(receivable);
    expect((await desk.refusedSplit(receivable)).name).toBe('ReceivableNotConfirmed');
  });
});

describe('rule 3, who has to sign', () => {
  it('the holder', async () => {
    const other = desk.stranger();
    expect(await desk.refusedSplit(receivable, { holder: other })).toEqual({
      name: 'ConsentWrongSigner',
      args: { given: other.address, required: desk.holderOf(receivable).address },
    });
  });

  it('the obligor, by a live operator', async () => {
    const other = desk.trade.consortium.member('other-buyer');
    expect(await desk.refusedSplit(receivable, { obligor: other.operator })).toEqual({
      name: 'ReceivableUnauthorized',
      args: { receivable, member: other.id },
    });
    expect((await desk.refusedSplit(receivable, { obligor: desk.supplier.operator })).name).toBe('MemberMissingRole');
    expect((await desk.refusedSplit(receivable, { obligor: desk.stranger() })).name).toBe('MemberUnknownOperator');
  });

  it('each new holder, its own part', async () => {
    const args = await desk.splitting(receivable);
    const [id, parts, holder, obligor, acceptances] = args;
    expect(await splitRefusal(id, parts, holder, obligor, acceptances.slice(1), [])).toEqual({
      name: 'SplitAcceptanceCountMismatch',
      args: { given: 1n, parts: 2n },
    });
    const swapped = acceptances.toReversed();
    expect((await splitRefusal(id, parts, holder, obligor, swapped, [])).name).toBe('ConsentWrongSigner');
  });

  it('to these parts and no others: nobody’s signature stands for another split', async () => {
    const one = await desk.splitting(receivable);
    const two = await desk.splitting(receivable);
    const mixed = (holder: unknown, obligor: unknown) => splitRefusal(one[0], one[1], holder, obligor, one[4], one[5]);
    expect((await mixed(two[2], one[3])).name).toBe('ConsentInvalidSignature');
    expect((await mixed(one[2], two[3])).name).toBe('ConsentInvalidSignature');
    const fewer = [one[0], one[1].slice(1), one[2], one[3], one[4].slice(1), one[5]];
    expect((await splitRefusal(...fewer)).name).toBe('ConsentInvalidSignature');
  });

  it('each before what lowered the cover', async () => {
    const args = await desk.splitting(receivable);
    await desk.receivables.send(desk.supplier.operator, 'issueCreditNote', receivable, random32());
    expect((await splitRefusal(...args)).name).toBe('ConsentStale');
  });

  it('and the lender of an encumbered order', async () => {
    await desk.reserve(order);
    await desk.disburse(order);
    expect(await desk.refusedSplit(receivable)).toEqual({
      name: 'OrderAlreadyEncumbered',
      args: { order, state: ENCUMBRANCE.ASSIGNED },
    });
    await desk.split(receivable, { first: first(order) });
  });
});

describe('rule 10', () => {
  it('a suspended obligor co-signs nothing, a suspended supplier splits nothing of its own', async () => {
    await desk.trade.suspend(desk.buyer);
    expect((await desk.refusedSplit(receivable)).name).toBe('MemberNotActive');
  });

  it('whoever holds a part may go on, since nobody can say who that is', async () => {
    const [part] = await desk.split(receivable);
    const other = await desk.confirmed();
    await desk.trade.suspend(desk.supplier);
    expect((await desk.refusedSplit(other)).name).toBe('MemberNotActive');
    const [deeper] = await desk.split(part!);
    await desk.reserve(deeper!);
  });

  it('an account that is known as a suspended member’s neither splits nor encumbers the part that it holds', async () => {
    const bank = desk.trade.consortium.member('bank-b');
    const [part] = await desk.split(receivable, { holders: [bank.operator] });
    await desk.trade.suspend(bank);
    const refused = { name: 'MemberNotActive', args: { member: bank.id, status: 2 } };
    expect(await desk.refusedReserve(part!)).toEqual(refused);
    expect(await desk.refusedSplit(part!)).toEqual(refused);
  });

  it('an account of a suspended member receives no part', async () => {
    const bank = desk.trade.consortium.member('bank-b');
    await desk.trade.suspend(bank);
    expect((await desk.refusedSplit(receivable, { holders: [bank.operator] })).name).toBe('MemberNotActive');
  });
});

describe('parts', () => {
  it('are financed by different lenders: siblings are free of each other (rule 1)', async () => {
    const [one, two] = await desk.split(receivable);
    await desk.reserve(one!);
    await desk.reserve(two!);
    expect((await desk.refusedReserve(one!)).name).toBe('ReceivableAlreadyEncumbered');
    expect((await desk.trade.order(order)).encumberedDescendants).toBe(2);
    expect((await desk.refusedReserve(order)).name).toBe('OrderDescendantsEncumbered');
    await desk.reserve(order, { first: first(...[one!, two!].toSorted()) });
  });

  it('are reached by a claim on the order, also by one that comes later', async () => {
    const [part] = await desk.split(receivable);
    await desk.reserve(order);
    expect((await desk.refusedReserve(part!)).name).toBe('OrderAlreadyEncumbered');
    await desk.reserve(part!, { first: first(order) });
  });

  it('are disputed and credited each for itself; nothing is said of the whole any more', async () => {
    const [one, two] = await desk.split(receivable);
    const { buyer, supplier } = desk;
    const whole = [
      await desk.receivables.refusal(buyer.operator, 'openDispute', receivable, random32()),
      await desk.receivables.refusal(supplier.operator, 'issueCreditNote', receivable, random32()),
      await desk.receivables.refusal(buyer.operator, 'claimPayment', receivable, random32()),
    ];
    expect(whole.map(({ name }) => name)).toEqual(Array(3).fill('ReceivableNotConfirmed'));
    await desk.dispute(one!);
    await desk.receivables.send(supplier.operator, 'issueCreditNote', two!, random32());
    expect((await desk.refusedReserve(one!)).name).toBe('ReceivableDisputed');
    await desk.reserve(two!);
  });

  it('leave the invoice’s fingerprint where it is, and have none to leave to a successor', async () => {
    const [fingerprint, successor] = [random32(), await desk.issued()];
    const whole = await desk.issued();
    await desk.confirm(whole, [fingerprint]);
    const [part] = await desk.split(whole);
    const args = [await desk.issued(), random32(), 0, 1, 1, [fingerprint]] as const;
    expect((await desk.receivables.refusal(desk.buyer.operator, 'confirm', ...args)).name).toBe('FingerprintTaken');
    const voiding = async (next: string) => {
      const details = hash(['bytes32', 'bytes32'], [part, next]);
      return [part, next, await desk.consent(desk.holderOf(part!), part!, 'VOID', details), []] as const;
    };
    const refusal = await desk.receivables.refusal(
      desk.buyer.operator,
      'voidReceivable',
      ...(await voiding(successor)),
    );
    expect(refusal.name).toBe('ReceivableSuccessorRefused');
    await desk.receivables.send(desk.buyer.operator, 'voidReceivable', ...(await voiding(ZeroHash)));
  });
});
