import type { Hex } from '../../kernel/hex.js';
import { type Chamber, CHAMBERS, type MemberRole, rolesOf } from './roles.js';

/** A member of the consortium, as of the indexed head. */
export interface Member {
  readonly id: number;
  /** short name, by which the API calls it */
  readonly name: string;
  readonly roles: readonly MemberRole[];
  readonly chamber: Chamber;
  /** false while suspended: it may begin nothing new (rule 10) */
  readonly active: boolean;
  /** URL of its node, null until it has set one */
  readonly endpoint: string | null;
  readonly admin: Hex;
  readonly version: number;
}

interface Row {
  readonly member: number;
  readonly name: string;
  readonly admin: Hex;
  readonly roles: number;
  readonly chamber: number;
  readonly suspended: boolean;
  readonly endpoint: string | null;
  readonly version: number;
}

/** The member that a row of chain_members tells of. */
export function memberOf({ member: id, name, admin, roles, chamber, suspended, endpoint, version }: Row): Member {
  const named = { roles: rolesOf(roles), chamber: CHAMBERS[chamber] ?? 'NONE' };
  return { id, name, ...named, active: !suspended, endpoint, admin, version };
}
