/** Roles and chambers as contracts/members/libraries number them. */
export const ROLE = { CORE_ENTERPRISE: 1, SUPPLIER: 2, LENDER: 4, CARRIER: 8, INSPECTOR: 16, AUDITOR: 32 } as const;
export const CHAMBER = { NONE: 0, CORE_ENTERPRISES: 1, SUPPLIERS: 2, LENDERS: 3 } as const;
export const KEY_KIND = { MESSAGE_SIGNING: 1, MESSAGE_ENCRYPTION: 2, TAG: 3 } as const;

export interface MemberPlan {
  readonly name: string;
  readonly roles: number;
  readonly chamber: number;
}

const plan = (name: string, role: keyof typeof ROLE, chamber: keyof typeof CHAMBER = 'NONE'): MemberPlan => ({
  name,
  roles: ROLE[role],
  chamber: CHAMBER[chamber],
});

export const core = (name: string) => plan(name, 'CORE_ENTERPRISE', 'CORE_ENTERPRISES');
export const supplier = (name: string) => plan(name, 'SUPPLIER', 'SUPPLIERS');
export const bank = (name: string) => plan(name, 'LENDER', 'LENDERS');

/** The members of the embedded consortium. */
export const EMBEDDED: readonly MemberPlan[] = [
  core('core'),
  supplier('supplier-1'),
  supplier('supplier-2'),
  bank('bank-a'),
  bank('bank-b'),
  plan('carrier', 'CARRIER'),
  plan('auditor', 'AUDITOR'),
];
