import type { Hex } from '../../kernel/hex.js';
import { oneTimeAccountUncertified } from '../../members/domain/problems.js';
import { ReceiveNotice } from './receive-notice.js';

const OBJECT: Hex = `0x${'0a'.repeat(32)}`;
const ACCOUNT: Hex = `0x${'1e'.repeat(20)}`;
const ROOT: Hex = `0x${'0b'.repeat(32)}`;
const LENDER = 4;

/** What was taken in of a notice, when the certificate's operator is live at these blocks alone; the head is no number. */
async function taken(liveAt: readonly (number | undefined)[], fault?: Error): Promise<unknown[]> {
  const kept: unknown[] = [];
  const check = (_: unknown, block?: number) => {
    if (fault) return Promise.reject(fault);
    const uncertified = oneTimeAccountUncertified('no live operator signed it', {});
    return liveAt.includes(block) ? Promise.resolve({}) : Promise.reject(uncertified);
  };
  const encumbrance = { lender: ACCOUNT, notice: ROOT, reserved: { block: 10 }, notified: { block: 20 } };
  const receivables = { get: () => Promise.resolve({ id: OBJECT, commitment: ROOT }) };
  const encumbrances = { history: () => Promise.resolve([encumbrance]) };
  const papers = { rebuild: () => ({ root: ROOT }), take: () => Promise.resolve() };
  const notices = { keep: (notice: unknown) => Promise.resolve(void kept.push(notice)) };
  const parts = [receivables, encumbrances, { check }, papers, notices] as never[];
  const certificate = { account: ACCOUNT, member: LENDER, object: OBJECT, signature: '0x' };
  const body = { certificate, content: {}, seed: '0x' };
  const envelope = { from: { id: LENDER }, object: OBJECT, body } as never;
  await new (ReceiveNotice as new (...args: never[]) => ReceiveNotice)(...parts).handle(envelope);
  return kept;
}

it.each([
  ['the claim was reserved', 10],
  ['notice was given', 20],
  ['it arrives', undefined],
])('is taken in where its operator is live when %s', async (_, block) => {
  expect(await taken([block])).toEqual([{ receivable: OBJECT, lender: LENDER, account: ACCOUNT, root: ROOT }]);
});

it('is refused where its operator is live at none of them, and kept for later where that cannot be known now', async () => {
  await expect(taken([15])).rejects.toMatchObject({ code: 'ONE_TIME_ACCOUNT_UNCERTIFIED' });
  const fault = new Error('the connection is lost');
  await expect(taken([20], fault)).rejects.toBe(fault);
});
