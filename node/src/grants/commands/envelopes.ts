import { z } from 'zod';
import { hex32, hexOf } from '../../kernel/hex-schema.js';
import { blockSeconds } from '../../kernel/seconds-schema.js';
import { MAX_PATH } from '../../documents/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { oneTimeCertificateSchema } from '../../members/index.js';
import { LONGEST_PLACE_PROOF } from '../../orders/domain/batch-place.js';
import { MOST_IN_BATCH } from '../../orders/domain/batch-tree.js';
import type { GrantOpening } from '../domain/grant.js';

/** What the column holds. */
const MOST_PROFILES = 2 ** 31 - 1;

/** Pointers or patterns of a grant. */
export const grantFields = z
  .array(
    z
      .string()
      .max(300)
      .regex(/^(?:\/(?:[^~/]|~[01])*)*$/),
  )
  .min(1)
  .max(200);

/** All that a grant's commitment is over. */
export const grantOpening = z.strictObject({
  id: hex32,
  maker: z.int().positive(),
  grantee: z.int().positive(),
  object: hex32,
  onOrder: z.boolean(),
  purpose: z.string().min(1).max(64),
  profile: z.int().positive().max(MOST_PROFILES),
  fields: grantFields,
  from: blockSeconds,
  until: blockSeconds,
  financing: hex32.nullable(),
  seed: hex32,
});

const approval = z.strictObject({ account: hexOf(20), signature: hexOf(65) });
/** Where an order stands in a batch, with the proof that it does. */
const orderPlace = z.strictObject({
  buyer: z.int().positive(),
  root: hex32,
  index: z
    .int()
    .nonnegative()
    .max(MOST_IN_BATCH - 1),
  expiry: blockSeconds,
  commitment: hex32,
  tag: hex32,
  proof: z.array(hex32).max(LONGEST_PLACE_PROOF),
});
/** Documents of one letter. */
export const MOST_DOCUMENTS = 2000;
const documents = z.array(z.strictObject({ root: hex32, disclosure: z.custom<Disclosure>() })).max(MOST_DOCUMENTS);

/**
 * `grant.made`, to the grantee: the opening; of a part of a split that its holder grants, that it holds it; of an order that is in a
 * batch only, where. The envelope's object is the grant.
 */
export const grantBody = z.strictObject({
  opening: grantOpening,
  approval: approval.nullable(),
  holder: oneTimeCertificateSchema.optional(),
  place: orderPlace.optional(),
});
export type GrantBody = z.output<typeof grantBody>;

/** `grant.shared`, to the other owner: who was let see what. */
export const sharedBody = z.strictObject({ opening: grantOpening, needsApproval: z.boolean() });
export type SharedBody = z.output<typeof sharedBody>;

/** `grant.approval`, from the other owner. */
export const approvalBody = approval;
export type ApprovalBody = z.output<typeof approvalBody>;

/** `grant.documents`, to the grantee while the grant stands: what it may see that it was not shown before. */
export const documentsBody = z.strictObject({ documents });
export type DocumentsBody = z.output<typeof documentsBody>;

/** Roots of documents that such an envelope shows. */
export const rootsCarried = z
  .object({ documents: z.array(z.object({ root: hex32 })) })
  .transform(({ documents }) => documents.map(({ root }) => root));

/** Looks of one letter. */
export const MOST_LOOKS = 200;
const look = z.strictObject({
  grant: hex32,
  seenAt: z.iso.datetime(),
  block: z.int(),
  object: hex32,
  root: hex32.nullable(),
  fields: z.array(z.string().max(MAX_PATH)).max(65_536),
  purpose: z.string().max(64).nullable(),
  outcome: z.string().max(64),
});

/**
 * `grant.looks`, from the grantee to an owner, whatever grants they were under; for the envelope's object see `objectOf`. Its signature makes
 * it a record of these looks.
 */
export const looksBody = z.strictObject({ looks: z.array(look).min(1).max(MOST_LOOKS) });
export type LooksBody = z.output<typeof looksBody>;

/** The opening alone of what also knows more. */
export function toOpening(grant: GrantOpening): z.output<typeof grantOpening> {
  const { id, maker, grantee, object, onOrder, purpose, profile, fields, from, until, financing, seed } = grant;
  return { id, maker, grantee, object, onOrder, purpose, profile, fields: [...fields], from, until, financing, seed };
}
