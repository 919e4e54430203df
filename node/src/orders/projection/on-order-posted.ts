import { defineProjection } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { chainOrders } from '../storage/chain-orders.js';

const EMPTY_LOG: Hex = `0x${'00'.repeat(32)}`;

export const onOrderPosted = defineProjection({
  event: 'OrderPosted',
  touches: () => [],
  apply({ event: { args }, block, blockTime, logIndex }, rows) {
    rows.put(chainOrders, {
      id: args.order,
      buyer: args.buyer,
      supplier: args.supplier,
      status: 'POSTED',
      version: 1,
      cover_version: 0,
      commitment: args.commitment,
      first_commitment: args.commitment,
      tag: args.tag,
      rejection: null,
      expiry: args.expiry,
      cancel_proposed_by: null,
      complete_proposed_by: null,
      pending_version: null,
      encumbered: false,
      encumbered_descendants: 0,
      head: EMPTY_LOG,
      entries: 0,
      posted_block: block,
      posted_log: logIndex,
      posted_position: 0,
      posted_at: blockTime,
      changed_block: block,
      changed_at: blockTime,
      batch_root: null,
      type: 'ORDER',
      framework: null,
    });
  },
});
