import { z } from 'zod';
import { type Member } from '../domain/member.js';
import { CHAMBERS, MEMBER_ROLES, type MemberRole } from '../domain/roles.js';
import type { AccountRow } from '../storage/chain-accounts.js';
import type { KeyRow } from '../storage/chain-keys.js';
import { keyView, viewAccount, viewKey } from './key.view.js';

const roleNames = Object.keys(MEMBER_ROLES) as [MemberRole, ...MemberRole[]];
export const memberRole = z.enum(roleNames);
export const chamberName = z.enum(CHAMBERS);

export const memberView = z.object({
  id: z.string().describe('Short name, by which the API names the member.'),
  number: z.int().describe('Number by which the chain names it.'),
  status: z.enum(['ACTIVE', 'SUSPENDED']),
  version: z.int(),
  roles: z.array(memberRole),
  chamber: chamberName.describe('The chamber that it votes in.'),
  endpoint: z.string().nullable().describe('URL of its node.'),
  admin: z.string(),
  self: z.boolean().describe('Whether this node is its.'),
  keys: z.array(keyView).describe('Operator accounts, message and tag keys, revoked ones included.'),
});
export type MemberView = z.output<typeof memberView>;

export function viewMember(member: Member, self: boolean, accounts: AccountRow[], keys: KeyRow[]): MemberView {
  const { id: number, name, active, version, roles, chamber, endpoint, admin } = member;
  return {
    id: name,
    number,
    status: active ? 'ACTIVE' : 'SUSPENDED',
    version,
    roles: [...roles],
    chamber,
    endpoint,
    admin,
    self,
    keys: [...accounts.map((row) => viewAccount(row, name)), ...keys.map((row) => viewKey(row, name))],
  };
}
