import type { Hex } from '../../kernel/hex.js';
import type { EncumbranceEnding } from '../../receivables/domain/receivable.js';
import type { EncumbranceState } from '../../receivables/domain/states.js';
import type { FinancingStatus } from './states.js';

/** What the two members' nodes have said to each other; these states never touch the chain. */
export type RecordedStatus = Extract<
  FinancingStatus,
  'REQUESTED' | 'UNDER_REVIEW' | 'OFFERED' | 'DECLINED' | 'WITHDRAWN'
>;

/** The chain's word on the reservation that bears the offer's terms. */
export interface ReservationFacts {
  readonly state: EncumbranceState;
  /** How it ended, once it did. */
  readonly ending: EncumbranceEnding | null;
  /** Block time in seconds. */
  readonly disburseBy: number;
  /** Commitment of the lender's call for recourse, once it was made. */
  readonly recourse?: Hex | null;
}

export interface FinancingFacts {
  readonly recorded: RecordedStatus;
  /** Block time in seconds until which the offer can be agreed to, once there is one. */
  readonly offerExpiresAt?: number;
  readonly reservation?: ReservationFacts;
  readonly fullyRepaid: boolean;
  /** Whether the payee says that the receivable is overdue. */
  readonly overdue?: boolean;
}

const ENDED: Readonly<Record<EncumbranceEnding, FinancingStatus>> = {
  LAPSED: 'EXPIRED',
  DROPPED: 'EXPIRED',
  RELEASED: 'CLOSED',
  ROLLED_OVER: 'CLOSED',
  OVERRULED: 'CLOSED',
  REPURCHASED: 'REPURCHASED',
  WRITTEN_OFF: 'WRITTEN_OFF',
};

/** A financing's state as of block time `now` (seconds): the chain's word where it has one, else the members'. */
export function deriveStatus(facts: FinancingFacts, now: number): FinancingStatus {
  const { recorded, offerExpiresAt, reservation, fullyRepaid, overdue } = facts;
  if (!reservation) {
    return recorded === 'OFFERED' && offerExpiresAt !== undefined && now > offerExpiresAt ? 'EXPIRED' : recorded;
  }
  switch (reservation.state) {
    case 'NONE':
      return ENDED[reservation.ending ?? 'RELEASED'];
    case 'RESERVED':
      return now > reservation.disburseBy ? 'EXPIRED' : 'AGREED';
    default:
      if (fullyRepaid) return 'REPAID';
      if (reservation.recourse) return 'RECOURSE_CALLED';
      return overdue ? 'OVERDUE' : 'DISBURSED';
  }
}
