import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import { GRANT_STATUSES, statusOf } from '../domain/grant-status.js';
import type { KnownGrant } from '../storage/grant.store.js';

const id = z.string().describe('0x and 64 hex digits.');
const time = z.iso.datetime();

/** A grant as its maker, the other owner and the grantee see it. */
export const grantView = z.object({
  id,
  status: z
    .enum(GRANT_STATUSES)
    .describe(
      'By block time. PROPOSED: the other owner has yet to agree; WITHDRAWN: it was taken back before; PENDING: not on chain yet.',
    ),
  version: z.int().describe('1; 2 once it was revoked.'),
  side: z.enum(['MAKER', 'OWNER', 'GRANTEE']).describe('What this member is to it.'),
  maker: z.string().describe('Short name of the owner that made it.'),
  grantee: z.string().describe('Short name of the member that may look.'),
  resource: z.union([z.object({ order: id }), z.object({ receivable: id })]),
  fields: z.array(z.string()),
  purpose: z.string(),
  profile: z.int().describe("Version of the purpose's profile, which bounds what the fields select."),
  beyondProfile: z.boolean().describe('Whether it shows more than the profile, so that both owners had to agree.'),
  from: time,
  until: time,
  financing: id.nullable().describe('The financing that it is part of and ends with.'),
  commitment: id.describe('What stands on chain for it.'),
  tooLarge: z
    .array(id)
    .describe(
      'At its maker, commitments of documents that the grantee is not shown: what is granted of each is more than a letter takes. Grant fewer fields of these.',
    ),
  madeAt: time.nullable().describe('Block time.'),
  revokedAt: time.nullable().describe('Block time.'),
});
export type GrantView = z.output<typeof grantView>;

export function toView(
  { grant, chain }: KnownGrant,
  now: number,
  nameOf: (member: number) => string,
  tooLarge: readonly Hex[],
): GrantView {
  const { id, side, object, onOrder, fields, purpose, profile, needsApproval, financing, commitment } = grant;
  const [madeAt, revokedAt] = [chain?.madeAt ?? null, chain?.revokedAt ?? null];
  return {
    ...{ id, side, purpose, profile, financing, commitment },
    status: statusOf(grant, chain, now),
    version: revokedAt === null ? 1 : 2,
    maker: nameOf(grant.maker),
    grantee: nameOf(grant.grantee),
    resource: onOrder ? { order: object } : { receivable: object },
    fields: [...fields],
    beyondProfile: needsApproval,
    from: timeOf(grant.from),
    until: timeOf(grant.until),
    tooLarge: [...tooLarge],
    madeAt: madeAt === null ? null : timeOf(madeAt),
    revokedAt: revokedAt === null ? null : timeOf(revokedAt),
  };
}
