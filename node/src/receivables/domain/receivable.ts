import type { Hex } from '../../kernel/hex.js';
import type { EventRef } from './event-ref.js';
import type { EncumbranceKind, EncumbranceState, ReceivableMark, ReceivableStatus } from './states.js';

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
  readonly marks: readonly ReceivableMark[];
  /** Which instalment of how many of its invoice, from 1; 0 before its confirmation and for a part of a split. */
  readonly instalment: number;
  readonly instalments: number;
  /** The receivable that it is a part of, and which part, from 0. */
  readonly parent: Hex | null;
  readonly part: number | null;
  readonly successor: Hex | null;
  /** The orders that it was born from, in the order that reservations must name them. */
  readonly orders: readonly Hex[];
  readonly issued: EventRef;
  readonly confirmed: EventRef | null;
  readonly ended: EventRef | null;
}

/** How a claim came to its end. */
export type EncumbranceEnding =
  'LAPSED' | 'DROPPED' | 'RELEASED' | 'ROLLED_OVER' | 'REPURCHASED' | 'WRITTEN_OFF' | 'OVERRULED';

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
  /** Commitment to why it was released, to the buy-back or to the write-off. */
  readonly releaseReason: Hex | null;
  readonly ending: EncumbranceEnding | null;
  /** The receivable that an order's claim moved to. */
  readonly rolledOverTo: Hex | null;
  /** Commitments: the holder says that the money did not come; the lender calls recourse; the holder demands release. */
  readonly contest: Hex | null;
  readonly recourse: Hex | null;
  readonly releaseDemand: Hex | null;
  /** After it a silent lender can be overruled. */
  readonly overrulableFrom: number | null;
  readonly reserved: EventRef;
  readonly disbursed: EventRef | null;
  readonly notified: EventRef | null;
  readonly acknowledged: EventRef | null;
  readonly contested: EventRef | null;
  readonly recourseCalled: EventRef | null;
  readonly releaseDemanded: EventRef | null;
  readonly ended: EventRef | null;
}

/** The cover version that consents on a receivable name: its own plus those of its orders. */
export function coverVersionOf(
  receivable: { coverVersion: number },
  orders: readonly { coverVersion: number }[],
): number {
  return orders.reduce((sum, { coverVersion }) => sum + coverVersion, receivable.coverVersion);
}
