import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
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

it('commits to the advance in the spelling that is computed with, however it was sent', async () => {
  const written: Money[] = [];
  const answering = (value: unknown) => () => Promise.resolve(value);
  const parts: unknown[] = Array.from({ length: 21 }, () => ({}));
  parts[0] = { lock: answering({ financing: { id: FINANCING, side: 'LENDER' }, status: 'REQUESTED' }) };
  parts[1] = { self: answering({}), byId: answering({}), requireMayBegin: () => undefined };
  parts[5] = { of: answering({ cover: { amount: '96.75', currency: 'GBP' }, orders: [] }) };
  parts[8] = { requireFree: answering([]), requireOwnTags: answering(undefined) };
  parts[13] = {
    write: (_: unknown, { model }: { model: { content: { advance: string; currency: string } } }) => {
      written.push({ amount: model.content.advance, currency: model.content.currency });
      return Promise.reject(new Error('enough'));
    },
  };
  parts[16] = { current: () => ({ timestamp: 1_800_000_000 }) };
  parts[17] = { requireOffer: answering(undefined) };
  parts[18] = { of: answering(undefined) };
  parts[19] = { isWhole: answering(true) };
  parts[20] = { heldFor: () => ({}) };
  const draft: OfferDraft = {
    ...{ advance: { amount: ' +080.00 ' }, discountBps: 450, feeBps: 0, dayCount: 'ACT/360', repayBy: '2027-02-10' },
    ...{ recourse: true, kind: 'PLEDGE', expiresAt: 1_800_000_100 },
  };
  await expect(make(parts).run(FINANCING, draft)).rejects.toThrow('enough');
  expect(written).toEqual([{ amount: '80.00', currency: 'GBP' }]);
});
