import type { Hex } from '../../kernel/hex.js';
import type { EventRef } from './event-ref.js';
import type { EncumbranceKind, EncumbranceState, ReceivableStatus } from './states.js';

/** A receivable as of the indexed head. */
export interface Receivable {
  readonly id: Hex;
  readonly obligor: number;
  readonly supplier: number;
  /** One-time account of who holds the claim. */
  readonly holder: Hex;
  readonly status: ReceivableStatus;
  /** Root of the invoice's fields. */
  readonly commitment: Hex;
  /** Root of the confirmation's fields and its scope's bits, once confirmed. */
  readonly confirmation: Hex | null;
  readonly scope: number | null;
  /** Its own count of acts that can lower cover; see {@link coverVersionOf}. */
  readonly coverVersion: number;
  /** Head of its log and how many entries that has. */
  readonly head: Hex;
  readonly entries: number;
  readonly openDisputes: number;
  readonly successor: Hex | null;
  /** The orders that it was born from, in the order that reservations must name them. */
  readonly orders: readonly Hex[];
  readonly issued: EventRef;
  readonly confirmed: EventRef | null;
  readonly ended: EventRef | null;
}

/** One reservation of an order or a receivable, and what became of it. Times are block times in seconds. */
export interface Encumbrance {
  readonly object: Hex;
  readonly onOrder: boolean;
  /** One-time account of the lender. */
  readonly lender: Hex;
  readonly kind: EncumbranceKind;
  /** NONE once it ended or lapsed. */
  readonly state: EncumbranceState;
  readonly terms: Hex;
  readonly disburseBy: number;
  readonly coverVersion: number;
  /** Commitment to the lender's notice, once given. */
  readonly notice: Hex | null;
  readonly paymentReference: Hex | null;
  readonly releaseReason: Hex | null;
  readonly ending: 'LAPSED' | 'DROPPED' | 'RELEASED' | null;
  readonly reserved: EventRef;
  readonly disbursed: EventRef | null;
  readonly notified: EventRef | null;
  readonly acknowledged: EventRef | null;
  readonly ended: EventRef | null;
}

/** The cover version that consents on a receivable name: its own plus those of its orders. */
export function coverVersionOf(
  receivable: { coverVersion: number },
  orders: readonly { coverVersion: number }[],
): number {
  return orders.reduce((sum, { coverVersion }) => sum + coverVersion, receivable.coverVersion);
}
