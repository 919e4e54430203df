import type { Pence } from '../plain.js';

export type Supplier = 'supplier-1' | 'supplier-2';
export type AdvanceStatus = 'REQUESTED' | 'OFFERED' | 'AGREED' | 'EXPIRED' | 'DISBURSED' | 'CLOSED';

/** An advance on a claim, or on the order behind it. */
export interface Advance {
  readonly id: string;
  readonly bank: string;
  /** Who asked for it. */
  readonly holder: Supplier;
  /** Undefined: on the order. */
  readonly claim?: Claim;
  status: AdvanceStatus;
  /** Cover version of the claim, or of the order, at which it was offered. */
  offeredAt: number;
  /** Whether its bank lets it pass below a claim of its own on the order. */
  yielding: boolean;
  noticed: boolean;
  notified: boolean;
}

/** A split that somebody was asked to take a part of. */
export interface Proposal {
  readonly id: string;
  readonly proposer: Supplier;
  readonly parts: readonly Share[];
  readonly version: number;
  status: 'PROPOSED' | 'COMPLETED' | 'REFUSED' | 'REJECTED' | 'WITHDRAWN';
}

export interface Share {
  /** Id that the part will have. */
  readonly id: string;
  readonly holder: Supplier;
  readonly amount: Pence;
}

/** A confirmed claim, or a part of one, as the plain model has it. */
export interface Claim {
  readonly id: string;
  readonly parent?: Claim;
  readonly holder: Supplier;
  readonly confirmed: Pence;
  status: 'CONFIRMED' | 'SPLIT' | 'SETTLED';
  overdue: boolean;
  credited: Pence;
  /** Rises with what can lower cover. */
  version: number;
  readonly payments: { readonly n: number; readonly amount: Pence; counted: boolean; withdrawn: boolean }[];
  readonly disputes: { readonly n: number; readonly amount: Pence; open: boolean }[];
  readonly advances: Advance[];
  readonly proposals: Proposal[];
  readonly parts: Claim[];
}

/** What each invoice bills. */
const BILLED = 10_750;

/** An order, the claim born from it and all that it was split into. */
export interface Tree {
  readonly order: string;
  readonly claims: Claim[];
  readonly advances: Advance[];
  /** Rises with each lender's claim on the order, as do those of all that was born from it. */
  version: number;
}

const sum = (items: readonly { readonly amount: Pence }[]): Pence =>
  items.reduce((total, { amount }) => total + amount, 0);

export const newClaim = (facts: Pick<Claim, 'id' | 'parent' | 'holder' | 'confirmed'>): Claim => ({
  ...facts,
  ...{ status: 'CONFIRMED', overdue: false, credited: 0, version: 0 },
  ...{ payments: [], disputes: [], advances: [], proposals: [], parts: [] },
});

/** The one advance whose lender has a claim on it (rule 1). */
export const lienOn = ({ advances }: Pick<Claim | Tree, 'advances'>): Advance | undefined =>
  advances.find(({ status }) => status === 'AGREED' || status === 'DISBURSED');

const paidOn = ({ payments }: Claim): Pence => sum(payments.filter(({ counted }) => counted));
/** What is credited takes up first what an invoice bills and nobody confirmed. */
export const owedOn = (claim: Claim): Pence => {
  const billed = claim.parent ? claim.confirmed : BILLED;
  return Math.max(0, Math.min(claim.confirmed, billed - claim.credited) - paidOn(claim));
};
export const openDisputes = ({ disputes }: Claim) => disputes.filter(({ open }) => open);
/** What may be advanced on it (rule 5): all that was confirmed was received. */
export const coverOf = (claim: Claim): Pence =>
  Math.max(0, claim.confirmed - claim.credited - paidOn(claim) - sum(openDisputes(claim)));

/** Who makes a payment count (rule 3). */
export function payeeOf(claim: Claim): string {
  const lien = lienOn(claim);
  return lien?.notified ? lien.bank : claim.holder;
}

/** The split that can still come to be; what lowers the cover ends it. */
export const openProposal = ({ proposals, version, status }: Claim): Proposal | undefined =>
  status === 'CONFIRMED' ? proposals.find((each) => each.status === 'PROPOSED' && each.version === version) : undefined;

export function encumbranceOf(claim: Claim): string {
  const lien = lienOn(claim);
  if (!lien) return 'NONE';
  if (lien.status === 'AGREED') return 'RESERVED';
  return lien.notified ? 'NOTIFIED' : 'ASSIGNED';
}

export const statusOf = ({ status, claim }: Advance): string =>
  status === 'DISBURSED' && claim?.overdue ? 'OVERDUE' : status;
