import type { Hex } from '../../kernel/hex.js';
import { orderTagFalse } from '../../members/domain/tags.js';
import { MakeOffer, type OfferDraft } from './make-offer.js';
import type { WholeCheck } from './whole-check.js';

const FINANCING: Hex = `0x${'0f'.repeat(32)}`;

/** A lender offers on a claim that was whole, or was not yet; the code of what it is told, BEGUN when nothing keeps it from going on. */
async function offer({ awaited, isWhole }: { awaited: boolean; isWhole: WholeCheck['isWhole'] }): Promise<string> {
  const financing = { id: FINANCING, side: 'LENDER', evidenceAwaited: awaited };
  const parts: unknown[] = Array.from({ length: 21 }, () => ({}));
  parts[0] = { lock: () => Promise.resolve({ financing, status: 'REQUESTED' }) };
  parts[1] = { self: () => Promise.reject(Object.assign(new Error(), { code: 'BEGUN' })) };
  parts[19] = { isWhole };
  parts[20] = { heldFor: () => ({}) };
  const offering = new (MakeOffer as new (...args: never[]) => MakeOffer)(...(parts as never[]));
  return offering.run(FINANCING, {} as OfferDraft).then(
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
