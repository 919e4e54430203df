import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Order } from './order.js';

/** Refuses with ORDER_CHANGE_MISSING unless a change of the order awaits an answer, and it is that of `version`. */
export function requirePendingVersion(order: Order, version?: number): number {
  const { id, pendingVersion } = order;
  if (pendingVersion !== null && (version ?? pendingVersion) === pendingVersion) return pendingVersion;
  const what = version === undefined ? 'no change' : `no change to version ${version}`;
  throw CONTRACT_PROBLEMS.OrderChangeMissing(`${what} of this order awaits an answer`, { order: id, pendingVersion });
}

/** Refuses with ORDER_CHANGE_PENDING while a change awaits an answer. */
export function requireNoPendingChange({ id, pendingVersion }: Order): void {
  if (pendingVersion === null) return;
  throw CONTRACT_PROBLEMS.OrderChangePending(`a change to version ${pendingVersion} awaits an answer already`, {
    order: id,
    version: pendingVersion,
  });
}
