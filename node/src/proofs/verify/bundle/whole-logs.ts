import { isCompleteLog } from '../../../fulfilment/domain/fulfilment-log.js';
import type { LogEntry } from '../../../fulfilment/domain/log-entry.js';
import type { Hex } from '../../../kernel/hex.js';
import { receivableHeadOf } from '../../../receivables/domain/receivable-log.js';
import type { OrderState, ReceivableState } from '../chain-state.js';
import type { Bundle, BundledOrder } from './bundle.js';
import { StateRefused } from './prove-state.js';

/**
 * That each log in the file is the whole of what the chain has: what may be advanced is computed from all of them, and the judges
 * look at those of the subject alone. Throws {@link StateRefused}.
 */
export function requireWholeLogs(
  { orders, receivables }: Pick<Bundle, 'orders' | 'receivables'>,
  ordersProven: ReadonlyMap<Hex, OrderState>,
  receivablesProven: ReadonlyMap<Hex, ReceivableState>,
): void {
  // Counted first: a log that is longer than the chain's is not hashed.
  const ofOrders = orders.every(({ id, log }) => {
    const { entries, head } = ordersProven.get(id)!;
    return log.length === entries && isCompleteLog(id, logOf(id, log), head);
  });
  const ofReceivables = receivables.every(({ id, log }) => {
    const { entries, head } = receivablesProven.get(id)!;
    return log.length === entries && receivableHeadOf(id, log) === head;
  });
  if (ofOrders && ofReceivables) return;
  throw new StateRefused(
    'LOG_INCOMPLETE',
    'What the file says of an order or a receivable is not the whole of what the chain has.',
  );
}

/** A bundled log with its order and places, as the chain hashes it. */
export const logOf = (order: Hex, log: BundledOrder['log']): LogEntry[] =>
  log.map(({ kind, author, commitment, supersedes, recordedAt }, index) => {
    return { order, index, kind, author, commitment, supersedes, recordedAt };
  });
