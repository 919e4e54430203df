import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Order } from '../../orders/domain/order.js';
import { requireNoFramework } from '../../orders/domain/framework.js';
import { partyOf } from '../../orders/domain/party.js';
import { type MilestoneKind, kindNumber, MILESTONE_RULES } from './milestone-kinds.js';

/** As the contract has it. */
export const ENTRIES_AN_AUTHOR = 500;

/** An appointment of the member that records. */
export interface Appointed {
  /** Bit mask, bit k for kind k. */
  readonly kinds: number;
  /** Last second, by block time. */
  readonly until: number;
}

/** What is to be recorded, and by whom. */
export interface Recording {
  readonly kind: MilestoneKind;
  /** Member that records, with its appointments on the order. */
  readonly author: number;
  readonly appointments: readonly Appointed[];
  /** Whether it corrects an earlier entry. */
  readonly corrects: boolean;
  /** How many the log has of this member before it. */
  readonly entries: number;
  /** Block time in seconds. */
  readonly now: number;
}

/**
 * Refuses early what the contract would refuse, with the same codes: MILESTONE_UNAUTHORIZED, ORDER_IS_FRAMEWORK,
 * ORDER_INVALID_STATUS while the log is not open, MILESTONE_LOG_CLOSED for what a completed order takes no more,
 * MILESTONE_LIMIT_REACHED.
 */
export function requireRecord(
  order: Pick<Order, 'id' | 'buyer' | 'supplier' | 'status' | 'type'>,
  recording: Recording,
): void {
  const { kind, author } = recording;
  const { id } = order;
  if (!mayRecord(order, recording)) {
    const facts = { order: id, member: author, kind };
    throw CONTRACT_PROBLEMS.MilestoneUnauthorized(`this member may not record ${kind} on the order`, facts);
  }
  requireNoFramework(order);
  requireLogTakes(order, recording);
  if (recording.entries < ENTRIES_AN_AUTHOR) return;
  const facts = { order: id, member: author, limit: ENTRIES_AN_AUTHOR };
  throw CONTRACT_PROBLEMS.MilestoneLimitReached('more of this member do not fit into the log of the order', facts);
}

function requireLogTakes({ id, status }: Pick<Order, 'id' | 'status'>, { kind, corrects }: Recording): void {
  if (status === 'ACCEPTED') return;
  if (status !== 'COMPLETED') {
    const facts = { order: id, status };
    throw CONTRACT_PROBLEMS.OrderInvalidStatus(`nothing is recorded on an order that is ${status}`, facts);
  }
  const { afterCompletion } = MILESTONE_RULES[kind];
  if (afterCompletion === 'ALWAYS' || (afterCompletion === 'CORRECTION' && corrects)) return;
  throw CONTRACT_PROBLEMS.MilestoneLogClosed(`a completed order takes no ${kind}`, { order: id, kind });
}

function mayRecord(order: Pick<Order, 'buyer' | 'supplier'>, { kind, author, appointments, now }: Recording): boolean {
  const party = partyOf(order, author);
  if (party) return MILESTONE_RULES[kind].by.includes(party);
  const bit = 1 << kindNumber(kind);
  return appointments.some(({ kinds, until }) => (kinds & bit) !== 0 && now <= until);
}
