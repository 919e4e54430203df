/** What a member may do, by its bit in the registry's mask. */
export const MEMBER_ROLES = {
  CORE_ENTERPRISE: 1,
  SUPPLIER: 2,
  LENDER: 4,
  CARRIER: 8,
  INSPECTOR: 16,
  AUDITOR: 32,
} as const;
export type MemberRole = keyof typeof MEMBER_ROLES;

/** The chambers that vote apart, by number; 0 is no chamber. */
export const CHAMBERS = ['NONE', 'CORE_ENTERPRISES', 'SUPPLIERS', 'LENDERS'] as const;
export type Chamber = (typeof CHAMBERS)[number];

/** The roles in a mask. */
export function rolesOf(mask: number): MemberRole[] {
  return (Object.keys(MEMBER_ROLES) as MemberRole[]).filter((role) => mask & MEMBER_ROLES[role]);
}

/** The mask of roles. */
export function maskOf(roles: readonly MemberRole[]): number {
  return roles.reduce((mask, role) => mask | MEMBER_ROLES[role], 0);
}
