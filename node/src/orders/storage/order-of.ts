import type { Order } from '../domain/order.js';
import type { ChainOrder } from './chain-orders.js';

/** The order that a row of chain_orders tells of. */
export function orderOf(row: ChainOrder): Order {
  const { id, buyer, supplier, status, version, commitment, tag, rejection, expiry, encumbered, head, entries } = row;
  const { type, framework } = row;
  return {
    ...{ type, framework },
    ...{ id, buyer, supplier, status, version, commitment, tag, rejection, expiry, encumbered, head, entries },
    coverVersion: row.cover_version,
    firstCommitment: row.first_commitment,
    cancelProposedBy: row.cancel_proposed_by,
    completeProposedBy: row.complete_proposed_by,
    pendingVersion: row.pending_version,
    encumberedDescendants: row.encumbered_descendants,
    postedBlock: row.posted_block,
    postedAt: row.posted_at,
    changedBlock: row.changed_block,
    changedAt: row.changed_at,
    batch: row.batch_root,
  };
}
