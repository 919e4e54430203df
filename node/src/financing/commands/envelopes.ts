import { z } from 'zod';
import { hex32 } from '../../exchange/domain/hex32.js';
import { grantOpening } from '../../grants/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { type Hex, isHex } from '../../kernel/hex.js';
import { oneTimeCertificateSchema } from '../../members/index.js';
import { orderTagsBody, statementBody } from '../../receivables/commands/envelopes.js';

const hex = (bytes: number) => z.custom<Hex>((value) => isHex(value, bytes), `not 0x hex of ${bytes} bytes`);
const text = z.string().max(4000);

/** A holder's disclosure of one document; its form is checked with its proof. */
const shownDocument = z.strictObject({ root: hex32, object: hex32, disclosure: z.custom<Disclosure>() });

const signedTag = z.strictObject({ tag: hex32, signature: hex(96) });

/** What a lender needs to check a claim: documents in part, and the signatures behind fingerprints and order tags. */
export const evidenceBody = z.strictObject({
  documents: z.array(shownDocument).min(1).max(2000),
  fingerprints: z.array(signedTag).max(64),
  orderTags: z.array(orderTagsBody).min(1).max(64),
});
export type EvidenceBody = z.output<typeof evidenceBody>;

/** `financing.request`; the envelope's object is the financing. */
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

const signedConsent = z.strictObject({
  signer: hex(20),
  nonce: hex32,
  deadline: z.int().nonnegative(),
  coverVersion: z.int().nonnegative(),
  signature: hex(65),
});

/** `financing.offer`: terms and all that agreeing to them takes. */
export const offerBody = statementBody.extend({
  certificate: oneTimeCertificateSchema,
  consent: signedConsent,
  firstLenders: z.array(z.strictObject({ object: hex32, consent: signedConsent })).max(64),
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
  receivedAt: z.int().nonnegative(),
});
export type RepaymentBody = z.output<typeof repaymentBody>;
