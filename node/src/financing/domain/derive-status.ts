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
}

export interface FinancingFacts {
  readonly recorded: RecordedStatus;
  /** Block time in seconds until which the offer can be agreed to, once there is one. */
  readonly offerExpiresAt?: number;
  readonly reservation?: ReservationFacts;
  readonly fullyRepaid: boolean;
}

/** A financing's state as of block time `now` (seconds): the chain's word where it has one, else the members'. */
export function deriveStatus(facts: FinancingFacts, now: number): FinancingStatus {
  const { recorded, offerExpiresAt, reservation, fullyRepaid } = facts;
  if (!reservation) {
    return recorded === 'OFFERED' && offerExpiresAt !== undefined && now > offerExpiresAt ? 'EXPIRED' : recorded;
  }
  switch (reservation.state) {
    case 'NONE':
      return reservation.ending === 'LAPSED' || reservation.ending === 'DROPPED' ? 'EXPIRED' : 'CLOSED';
    case 'RESERVED':
      return now > reservation.disburseBy ? 'EXPIRED' : 'AGREED';
    default:
      return fullyRepaid ? 'REPAID' : 'DISBURSED';
  }
}
