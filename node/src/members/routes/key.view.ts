import { z } from 'zod';
import type { KeyLife } from '../domain/key-life.js';
import { keyKindOf } from '../domain/key-kinds.js';
import type { AccountRow } from '../storage/chain-accounts.js';
import type { KeyRow } from '../storage/chain-keys.js';

export const keyView = z.object({
  id: z.string().describe('Id in the registry, 32 bytes; for an operator its account, 20 bytes.'),
  member: z.string(),
  kind: z.enum(['OPERATOR', 'MESSAGE_SIGNING', 'MESSAGE_ENCRYPTION', 'TAG']),
  number: z.int().describe('1, 2, .. for tag keys, 0 for others.'),
  publicKey: z.string().nullable(),
  status: z.enum(['LIVE', 'REVOKED']),
  version: z.int(),
  addedAtBlock: z.int(),
  revokedAtBlock: z.int().nullable(),
  inDoubtFromBlock: z.int().nullable().describe('Acts since then stand, marked KEY_IN_DOUBT.'),
});
export type KeyView = z.output<typeof keyView>;

export function viewKey(row: KeyRow, member: string): KeyView {
  return {
    id: row.key,
    member,
    kind: keyKindOf(row.kind),
    number: row.number,
    publicKey: row.public_key,
    ...life(row),
  };
}

export function viewAccount(row: AccountRow, member: string): KeyView {
  return { id: row.account, member, kind: 'OPERATOR', number: 0, publicKey: null, ...life(row) };
}

function life({ added_block, revoked_block, doubt_block }: KeyLife) {
  const revoked = revoked_block !== null;
  return {
    status: revoked ? ('REVOKED' as const) : ('LIVE' as const),
    version: revoked ? 2 : 1,
    addedAtBlock: added_block,
    revokedAtBlock: revoked_block,
    inDoubtFromBlock: doubt_block,
  };
}
