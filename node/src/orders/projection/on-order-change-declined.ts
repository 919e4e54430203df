import { defineProjection, touch } from '../../indexer/index.js';
import { chainOrderChanges } from '../storage/chain-order-changes.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderChangeDeclined = defineProjection({
  event: 'OrderChangeDeclined',
  touches(record) {
    const { order, version } = record.event.args;
    return [...touchOrder(record), touch(chainOrderChanges, { order_id: order, version })];
  },
  apply(record, rows) {
    const { order, version } = record.event.args;
    patchOrder(record, rows, { pending_version: null });
    const decided = { decided_block: record.block, decided_at: record.blockTime };
    rows.patch(chainOrderChanges, { order_id: order, version }, { status: 'DECLINED', ...decided });
  },
});
