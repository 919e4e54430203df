import { z } from 'zod';
import { blockSeconds } from '../../../kernel/seconds-schema.js';
import { hex32 } from '../../../kernel/hex-schema.js';
import { oneTimeCertificateSchema } from '../../../members/index.js';
import { MOST_PARTS } from '../../domain/split/divide.js';
import { orderTagsBody, signedConsent, statementBody } from '../envelopes.js';

const index = z
  .int()
  .min(0)
  .max(MOST_PARTS - 1);
const parts = <P extends z.ZodType>(part: P) => z.array(part).min(1).max(MOST_PARTS);

/** `split.offer`: the parts that a new holder is to take, and no others. The object of all these envelopes is the receivable. */
export const splitOfferBody = z.strictObject({
  split: hex32,
  coverVersion: z.int().nonnegative(),
  expiresAt: blockSeconds,
  parts: parts(statementBody.extend({ index })),
});
export type SplitOfferBody = z.output<typeof splitOfferBody>;

/** `split.acceptance`: whose account takes each part, and its consent. */
export const splitAcceptanceBody = z.strictObject({
  split: hex32,
  parts: parts(z.strictObject({ index, certificate: oneTimeCertificateSchema, acceptance: signedConsent })),
});
export type SplitAcceptanceBody = z.output<typeof splitAcceptanceBody>;

/** `split.rejection`, `split.withdrawal`. */
export const splitEndingBody = z.strictObject({ split: hex32, reason: z.string().max(4000).nullable() });
export type SplitEndingBody = z.output<typeof splitEndingBody>;

/** `split.request`: all that the obligor needs to check the sum and to sign. */
export const splitRequestBody = z.strictObject({
  split: hex32,
  consent: signedConsent,
  parts: parts(statementBody.extend({ certificate: oneTimeCertificateSchema, acceptance: signedConsent })),
});
export type SplitRequestBody = z.output<typeof splitRequestBody>;

const offered = z.object({ parts: z.array(z.object({ index })).max(MOST_PARTS) });
const requested = z.object({ parts: z.array(z.unknown()).max(MOST_PARTS) });

/** Places of the parts whose terms a `split.offer` shows. */
export const offeredIn = (body: unknown): number[] =>
  offered.safeParse(body).data?.parts.map((part) => part.index) ?? [];

/** The same of a `split.request`, which shows all of them in their order. */
export const requestedIn = (body: unknown): number[] => requested.safeParse(body).data?.parts.map((_, i) => i) ?? [];

/** `split.refusal`: why the obligor does not sign. */
export const splitRefusalBody = z.strictObject({
  split: hex32,
  code: z.string().max(100),
  detail: z.string().max(4000),
  facts: z.record(z.string(), z.unknown()),
});
export type SplitRefusalBody = z.output<typeof splitRefusalBody>;

/** `receivable.part`; its object is the part: the buyer's tags of the orders behind it, without which it could not be financed. */
export const partBody = z.strictObject({ orderTags: z.array(orderTagsBody).min(1).max(64) });
export type PartBody = z.output<typeof partBody>;
