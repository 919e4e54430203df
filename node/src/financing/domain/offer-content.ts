import { z } from 'zod';
import { blockSeconds } from '../../kernel/seconds-schema.js';
import type { Hex } from '../../kernel/hex.js';
import { isMoney } from '../../receivables/domain/documents/figures.js';
import { DAY_COUNTS } from './day-count.js';
import type { Financing } from './financing.js';
import { offerTermsInvalid, type OfferTerms } from './offer.js';

/** What an offer commits to: its terms, and the financing that they are of. */
const offerContent = z.strictObject({
  financing: z.string(),
  advance: z.string(),
  currency: z.string(),
  discountBps: z.int().min(0).max(1_000_000),
  feeBps: z.int().min(0).max(1_000_000),
  dayCount: z.enum(DAY_COUNTS),
  repayBy: z.iso.date(),
  recourse: z.boolean(),
  /** Not `kind`: that is a document's own. */
  encumbrance: z.enum(['PLEDGE', 'ASSIGNMENT']),
  expiresAt: blockSeconds.positive(),
  disburseBy: blockSeconds.positive(),
});
export type OfferContent = z.output<typeof offerContent>;

export function toContent(financing: Hex, { advance, kind: encumbrance, ...terms }: OfferTerms): OfferContent {
  return { financing, advance: advance.amount, currency: advance.currency, encumbrance, ...terms };
}

/**
 * The terms that another member's node sent. Throws OFFER_TERMS_INVALID when they are malformed, of another financing, or advance what
 * is no money of the currency that was asked for: once agreed to, nothing could be computed of it.
 */
export function fromContent({ id, requested }: Pick<Financing, 'id' | 'requested'>, content: unknown): OfferTerms {
  const { success, data } = offerContent.safeParse(content);
  if (
    !success ||
    data.financing !== id ||
    data.currency !== requested.currency ||
    !isMoney(data.advance, data.currency)
  ) {
    throw offerTermsInvalid('the terms are not those of an offer to this request', { financing: id });
  }
  const { discountBps, feeBps, dayCount, repayBy, recourse, expiresAt, disburseBy } = data;
  return {
    ...{ discountBps, feeBps, dayCount, repayBy, recourse, expiresAt, disburseBy },
    kind: data.encumbrance,
    advance: { amount: data.advance, currency: data.currency },
  };
}
