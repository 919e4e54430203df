import { defineProjection, touch } from '../../indexer/index.js';
import { chainOrderChanges } from '../storage/chain-order-changes.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderChangeProposed = defineProjection({
  event: 'OrderChangeProposed',
  touches(record) {
    const { order, version } = record.event.args;
    return [...touchOrder(record), touch(chainOrderChanges, { order_id: order, version })];
  },
  apply(record, rows) {
    const { order, version, commitment, proposer } = record.event.args;
    patchOrder(record, rows, { pending_version: version });
    rows.put(chainOrderChanges, {
      order_id: order,
      version,
      commitment,
      status: 'PROPOSED',
      proposed_by: proposer,
      proposed_block: record.block,
      proposed_at: record.blockTime,
      decided_block: null,
      decided_at: null,
    });
  },
});
