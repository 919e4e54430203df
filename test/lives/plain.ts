/** Minor units. */
export type Pence = number;

export type ClaimStatus = 'ISSUED' | 'CONFIRMED' | 'SETTLED' | 'WRITTEN_OFF' | 'VOID';
export type AdvanceStatus =
  | 'REQUESTED'
  | 'OFFERED'
  | 'DECLINED'
  | 'WITHDRAWN'
  | 'AGREED'
  | 'EXPIRED'
  | 'DISBURSED'
  | 'CLOSED'
  | 'REPURCHASED'
  | 'WRITTEN_OFF';

/** An advance as the plain model has it; being overdue, under recourse or repaid follows from the rest. */
export interface Advance {
  readonly id: string;
  readonly bank: string;
  readonly claim: Claim;
  readonly recourse: boolean;
  readonly kind: 'PLEDGE' | 'ASSIGNMENT';
  readonly amount: Pence;
  status: AdvanceStatus;
  /** Cover version of the claim at which it was offered. */
  offeredAt: number;
  noticed: boolean;
  notified: boolean;
  called: boolean;
  contested: boolean;
  demanded: boolean;
  /** Principal, discount and fees, once disbursed. */
  due: Pence;
  repaid: Pence;
}

export interface Payment {
  readonly n: number;
  readonly amount: Pence;
  counted: boolean;
  withdrawn: boolean;
}

export interface Dispute {
  readonly n: number;
  readonly amount: Pence;
  open: boolean;
}

/** A receivable as the plain model has it. */
export interface Claim {
  readonly id: string;
  readonly number: string;
  /** What was received of the goods, invoiced in full, comes to. */
  readonly covered: Pence;
  readonly payable: Pence;
  confirmed: Pence;
  status: ClaimStatus;
  overdue: boolean;
  defaulted: boolean;
  repurchased: boolean;
  /** Rises with what can lower cover. */
  version: number;
  /** At which the holder consented to void it. */
  consented: number | null;
  readonly payments: Payment[];
  readonly disputes: Dispute[];
  readonly advances: Advance[];
}

const LIVE: readonly AdvanceStatus[] = ['AGREED', 'DISBURSED'];

/** The one advance whose lender has a claim on it (rule 1). */
export const lienOn = (claim: Claim): Advance | undefined => claim.advances.find(({ status }) => LIVE.includes(status));

export const paidOn = ({ payments }: Claim): Pence => sum(payments.filter(({ counted }) => counted));
export const owedOn = (claim: Claim): Pence => Math.max(0, claim.confirmed - paidOn(claim));
export const openDisputes = ({ disputes }: Claim): Dispute[] => disputes.filter(({ open }) => open);

/** What may be advanced on it (rule 5). */
export const coverOf = (claim: Claim): Pence =>
  Math.max(0, Math.min(claim.covered, claim.confirmed) - sum(openDisputes(claim)) - paidOn(claim));

/** Who makes a payment count (rule 3). */
export function payeeOf(claim: Claim): string {
  const lien = lienOn(claim);
  return lien?.notified ? lien.bank : 'supplier-1';
}

/** An advance's state as the API says it. */
export function statusOf({ status, due, repaid, called, claim }: Advance): string {
  if (status !== 'DISBURSED') return status;
  if (repaid >= due) return 'REPAID';
  if (called) return 'RECOURSE_CALLED';
  return claim.overdue ? 'OVERDUE' : 'DISBURSED';
}

export function encumbranceOf(claim: Claim): string {
  const lien = lienOn(claim);
  if (!lien) return 'NONE';
  if (lien.status === 'AGREED') return 'RESERVED';
  if (lien.notified) return 'NOTIFIED';
  return lien.kind === 'PLEDGE' ? 'PLEDGED' : 'ASSIGNED';
}

const sum = (items: readonly { readonly amount: Pence }[]): Pence =>
  items.reduce((total, { amount }) => total + amount, 0);

export const text = (pence: Pence): string => `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`;
export const pence = (amount: unknown): Pence => Math.round(Number(amount) * 100);
