import { defineProjection, touch } from '../../indexer/index.js';
import { chainOrderChanges } from '../storage/chain-order-changes.js';
import { NOTHING_PENDING } from './nothing-pending.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderChanged = defineProjection({
  event: 'OrderChanged',
  touches(record) {
    const { order, version } = record.event.args;
    return [...touchOrder(record), touch(chainOrderChanges, { order_id: order, version })];
  },
  apply(record, rows) {
    const { order, version, commitment, coverVersion } = record.event.args;
    // Proposals to cancel or complete were about the version before, so the contract voids them too.
    patchOrder(record, rows, { ...NOTHING_PENDING, version, commitment, cover_version: coverVersion });
    const decided = { decided_block: record.block, decided_at: record.blockTime };
    rows.patch(chainOrderChanges, { order_id: order, version }, { status: 'EFFECTIVE', ...decided });
  },
});
