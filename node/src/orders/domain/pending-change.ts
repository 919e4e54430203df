import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { Order } from './order.js';

/** Refuses with ORDER_CHANGE_MISSING unless a change of the order awaits an answer, and it is that of `version`. */
export function requirePendingVersion(order: Order, version?: number): number {
  const { id, pendingVersion } = order;
  if (pendingVersion !== null && (version ?? pendingVersion) === pendingVersion) return pendingVersion;
  const what = version === undefined ? 'no change' : `no change to version ${version}`;
  throw CONTRACT_PROBLEMS.OrderChangeMissing(`${what} of this order awaits an answer`, { order: id, pendingVersion });
}

/**
 * Refuses with ORDER_CHANGE_MISSING unless the proposal that awaits an answer, by the root of its fields, is the one that was
 * `read`: a reorg, or a declined proposal, may have put another under the same version. Undefined: the caller does not say.
 */
export function requireRead({ id, pendingVersion }: Order, pending: Hex | undefined, read: Hex | undefined): void {
  if (read === undefined || read === pending) return;
  const facts = { order: id, pendingVersion, pending: pending ?? null, read };
  throw CONTRACT_PROBLEMS.OrderChangeMissing('another change was proposed since', facts);
}

/** Refuses with ORDER_CHANGE_PENDING while a change awaits an answer. */
export function requireNoPendingChange({ id, pendingVersion }: Order): void {
  if (pendingVersion === null) return;
  throw CONTRACT_PROBLEMS.OrderChangePending(`a change to version ${pendingVersion} awaits an answer already`, {
    order: id,
    version: pendingVersion,
  });
}
