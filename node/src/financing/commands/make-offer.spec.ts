import type { Hex } from '../../kernel/hex.js';
import { orderTagFalse } from '../../members/domain/tags.js';
import { MakeOffer, type OfferDraft } from './make-offer.js';
import type { WholeCheck } from './whole-check.js';

const FINANCING: Hex = `0x${'0f'.repeat(32)}`;

const make = (parts: readonly unknown[]) =>
  new (MakeOffer as new (...args: never[]) => MakeOffer)(...(parts as never[]));

/** A lender offers on a claim that was whole, or was not yet; the code of what it is told, BEGUN when nothing keeps it from going on. */
async function offer({ awaited, isWhole }: { awaited: boolean; isWhole: WholeCheck['isWhole'] }): Promise<string> {
  const financing = { id: FINANCING, side: 'LENDER', evidenceAwaited: awaited };
  const parts: unknown[] = Array.from({ length: 21 }, () => ({}));
  parts[0] = { lock: () => Promise.resolve({ financing, status: 'REQUESTED' }) };
  parts[1] = { self: () => Promise.reject(Object.assign(new Error(), { code: 'BEGUN' })) };
  parts[19] = { isWhole };
  parts[20] = { heldFor: () => ({}) };
  return make(parts)
    .run(FINANCING, {} as OfferDraft)
    .then(
      () => 'OFFERED',
      ({ code }: { code: string }) => code,
    );
}

describe.each([true, false])('an offer on a claim of which evidence is awaited: %s', (awaited) => {
  it.each([
    ['is whole', () => Promise.resolve(true), 'BEGUN'],
    ['is not whole', () => Promise.resolve(false), 'EVIDENCE_AWAITED'],
    ['is false by now', () => Promise.reject(orderTagFalse('of another order', {})), 'ORDER_TAG_FALSE'],
  ])('is judged by what is in force: it %s', async (_, isWhole, code) => {
    expect(await offer({ awaited, isWhole })).toBe(code);
  });
});

/** What an offer on a claim that is payable on a day commits to; now is 2027-01-15. */
async function committed(draft: Partial<OfferDraft>, payableOn?: string): Promise<Record<string, unknown>> {
  let written: Record<string, unknown> = {};
  const answering = (value: unknown) => () => Promise.resolve(value);
  const parts: unknown[] = Array.from({ length: 21 }, () => ({}));
  parts[0] = { lock: answering({ financing: { id: FINANCING, side: 'LENDER' }, status: 'REQUESTED' }) };
  parts[1] = { self: answering({}), byId: answering({}), requireMayBegin: () => undefined };
  parts[5] = { of: answering({ cover: { amount: '96.75', currency: 'GBP' }, orders: [], payableOn }) };
  parts[8] = { requireFree: answering([]), requireOwnTags: answering(undefined) };
  parts[13] = {
    write: (_: unknown, { model }: { model: { content: Record<string, unknown> } }) => {
      written = model.content;
      return Promise.reject(new Error('enough'));
    },
  };
  parts[16] = { current: () => ({ timestamp: 1_800_000_000 }) };
  parts[17] = { requireOffer: answering(undefined) };
  parts[18] = { of: answering(undefined) };
  parts[19] = { isWhole: answering(true) };
  parts[20] = { heldFor: () => ({}) };
  const terms: OfferDraft = {
    ...{ advance: { amount: '80.00' }, discountBps: 450, feeBps: 0, dayCount: 'ACT/360' },
    ...{ recourse: true, kind: 'PLEDGE', expiresAt: 1_800_000_100 },
    ...draft,
  };
  await expect(make(parts).run(FINANCING, terms)).rejects.toThrow('enough');
  return written;
}

it('commits to the advance in the spelling that is computed with, however it was sent', async () => {
  const content = await committed({ advance: { amount: ' +080.00 ' }, repayBy: '2027-02-10' });
  expect(content).toMatchObject({ advance: '80.00', currency: 'GBP', repayBy: '2027-02-10' });
});

it.each([
  ['is due then', '2027-03-01', '2027-03-01'],
  ['was due before it can be paid out', '2026-11-01', '2027-01-20'],
  ['says no day', undefined, '2027-01-20'],
])('bears discount, unless it says otherwise, until a claim that %s', async (_, payableOn, repayBy) => {
  expect(await committed({}, payableOn)).toMatchObject({ repayBy });
});
