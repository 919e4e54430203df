/** What a credential may do on its member's node; not to be confused with the member's own roles on chain. */
export const DESK_ROLES = ['ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN'] as const;
export type DeskRole = (typeof DESK_ROLES)[number];
