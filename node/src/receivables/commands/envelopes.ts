import { z } from 'zod';
import type { Disclosure } from '../../kernel/disclosure.js';
import { blockSeconds } from '../../kernel/seconds-schema.js';
import { hex32, hexOf } from '../../kernel/hex-schema.js';
import { oneTimeCertificateSchema } from '../../members/index.js';
import { documentBody } from '../../orders/index.js';
import { FINGERPRINT_OUTCOMES } from '../domain/fingerprint-check.js';

/** `receivable.document`: the invoice behind a receivable. */
export const receivableDocumentBody = documentBody.extend({ instalment: z.int().nonnegative() });
export type ReceivableDocumentBody = z.output<typeof receivableDocumentBody>;

/** A statement on its way: its content, and the seed with which whoever receives it can rebuild the root. */
export const statementBody = z.strictObject({
  content: z.record(z.string().max(40), z.union([z.string().max(4000), z.number(), z.boolean()])),
  seed: hex32,
});
export type StatementBody = z.output<typeof statementBody>;

/** `credit-note.excerpt`, to the holder of a part: by how much it was credited. The disclosure's form is checked with its proof. */
export const creditNoteExcerptBody = z.strictObject({ root: hex32, disclosure: z.custom<Disclosure>() });
export type CreditNoteExcerptBody = z.output<typeof creditNoteExcerptBody>;

/** A tag and the BLS signature behind it. */
const signedTag = z.strictObject({ tag: hex32, signature: hexOf(96) });
const signedTags = z.array(signedTag).min(1).max(64);

/** The same; without the signature for who is not to check it, and from who has erased what it opens. */
export const knownTag = signedTag.partial({ signature: true });

/** A buyer's word on an order's tags. */
export const orderTagsBody = z.strictObject({
  order: hex32,
  account: hexOf(20),
  signature: hexOf(65),
  tags: z.array(knownTag).min(1).max(64),
});

/** `receivable.confirmation`: what was confirmed, and what shows a lender that fingerprints and order tags are true. */
export const confirmationBody = statementBody.extend({
  fingerprints: signedTags,
  orderTags: z.array(orderTagsBody).min(1).max(64),
});
export type ConfirmationBody = z.output<typeof confirmationBody>;

/** `receivable.notice`: who the lender behind the one-time account is. */
export const noticeBody = statementBody.extend({ certificate: oneTimeCertificateSchema });
export type NoticeBody = z.output<typeof noticeBody>;

/** A signature that takes part in a transaction of another member. */
export const signedConsent = z.strictObject({
  signer: hexOf(20),
  nonce: hex32,
  deadline: blockSeconds,
  coverVersion: z.int().nonnegative(),
  signature: hexOf(65),
});
/** By the object that the lender's claim is on. */
export const lenderConsent = z.strictObject({ object: hex32, consent: signedConsent });

/** `receivable.void-consent`: the holder's consent to VOID, and those of lenders with claims on its orders. */
export const voidConsentBody = z.strictObject({
  successor: hex32,
  consent: signedConsent,
  lenders: z.array(lenderConsent).max(64).default([]),
});
export type VoidConsentBody = z.output<typeof voidConsentBody>;

/** `receivable.lender-void-consent`, to the holder: the consent of a lender with a claim on an order that it was born from. */
export const lenderVoidConsentBody = z.strictObject({ successor: hex32, lender: lenderConsent });
export type LenderVoidConsentBody = z.output<typeof lenderVoidConsentBody>;

/**
 * `order.change-consent`: the consent of a lender whose claim rests on an order to its version with this root; to who holds what the
 * claim is on, and from there to the order's sides.
 */
export const changeConsentBody = z.strictObject({ version: z.int().min(2), root: hex32, lender: lenderConsent });
export type ChangeConsentBody = z.output<typeof changeConsentBody>;

/** `receivable.fingerprint-answer`: what the obligor says of the invoice's fingerprint. */
export const fingerprintAnswerBody = z.strictObject({
  outcome: z.enum(FINGERPRINT_OUTCOMES),
  code: z.string().max(64).nullable(),
  takenOrders: z.array(hex32).max(64),
  block: z.int().nonnegative(),
});
export type FingerprintAnswerBody = z.output<typeof fingerprintAnswerBody>;
