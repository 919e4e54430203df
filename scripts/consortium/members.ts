/** Who takes part in the embedded consortium. Chambers: 1 core enterprises, 2 suppliers, 3 lenders, 0 none. */
export interface MemberPlan {
  readonly name: string;
  readonly role: 'CORE_ENTERPRISE' | 'SUPPLIER' | 'LENDER' | 'CARRIER' | 'AUDITOR';
  readonly roles: number;
  readonly chamber: number;
  /** Words for the table that `npm start` prints. */
  readonly title: string;
}

export const MEMBERS: readonly MemberPlan[] = [
  { name: 'core', role: 'CORE_ENTERPRISE', roles: 1, chamber: 1, title: 'core enterprise' },
  { name: 'supplier-1', role: 'SUPPLIER', roles: 2, chamber: 2, title: 'supplier, tier 1' },
  { name: 'supplier-2', role: 'SUPPLIER', roles: 2, chamber: 2, title: 'supplier, tier 2' },
  { name: 'bank-a', role: 'LENDER', roles: 4, chamber: 3, title: 'lender' },
  { name: 'bank-b', role: 'LENDER', roles: 4, chamber: 3, title: 'lender' },
  { name: 'carrier', role: 'CARRIER', roles: 8, chamber: 0, title: 'carrier' },
  { name: 'auditor', role: 'AUDITOR', roles: 32, chamber: 0, title: 'auditor' },
];
