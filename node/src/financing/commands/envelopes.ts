import { z } from 'zod';
import { blockSeconds } from '../../kernel/seconds-schema.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { grantOpening, rootsCarried } from '../../grants/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { oneTimeCertificateSchema } from '../../members/index.js';
import { knownTag, lenderConsent, orderTagsBody, signedConsent, statementBody } from '../../receivables/index.js';

const text = z.string().max(4000);

/** A holder's disclosure of one document; its form is checked with its proof. */
const shownDocument = z.strictObject({ root: hex32, object: hex32, disclosure: z.custom<Disclosure>() });

/** Documents of one letter. */
export const MOST_DOCUMENTS = 2000;

/**
 * What a lender needs to check a claim: documents in part, and the signatures behind fingerprints and order tags. The documents may be a
 * portion of all, in a request none; the signatures are in each letter.
 */
export const evidenceBody = z.strictObject({
  documents: z.array(shownDocument).max(MOST_DOCUMENTS),
  fingerprints: z.array(knownTag).max(64),
  orderTags: z.array(orderTagsBody).min(1).max(64),
});
export type EvidenceBody = z.output<typeof evidenceBody>;

/** `financing.evidence`: a letter that shows nothing is none. */
export const evidenceLetterBody = evidenceBody.extend({ documents: evidenceBody.shape.documents.min(1) });

/**
 * Roots of documents that such an envelope shows. Not what they are about: of an order or a receivable whose documents were erased
 * others may come later, and by its id none of those would ever leave.
 */
export const evidenceCarried = z.union([
  rootsCarried,
  z.object({ evidence: rootsCarried }).transform(({ evidence }) => evidence),
]);

/** `financing.request`; the envelope's object is the financing. What its evidence lacks follows as `financing.evidence`. */
export const requestBody = z.strictObject({
  object: hex32,
  onOrder: z.boolean(),
  requested: z.strictObject({ amount: z.string().max(64), currency: z.string().length(3) }),
  /** The financing of the receivable's order whose place it is to take. */
  rollsOver: hex32.nullable(),
  /** Null for an order. */
  certificate: oneTimeCertificateSchema.nullable(),
  /** Lets the lender look, and ends with the financing. */
  grant: grantOpening,
  evidence: evidenceBody,
});
export type RequestBody = z.output<typeof requestBody>;

/** `financing.offer`: terms and all that agreeing to them takes. */
export const offerBody = statementBody.extend({
  certificate: oneTimeCertificateSchema,
  consent: signedConsent,
  firstLenders: z.array(lenderConsent).max(64),
});
export type OfferBody = z.output<typeof offerBody>;

/** `financing.decline`, `financing.withdrawal`. */
export const endingBody = z.strictObject({ reason: text.nullable() });
export type EndingBody = z.output<typeof endingBody>;

/** `financing.repayment`. */
export const repaymentBody = z.strictObject({
  number: z.int().positive(),
  amount: z.string().max(64),
  reference: text,
  receivedAt: blockSeconds,
});
export type RepaymentBody = z.output<typeof repaymentBody>;
