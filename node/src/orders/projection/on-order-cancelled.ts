import { defineProjection } from '../../indexer/index.js';
import { NOTHING_PENDING } from './nothing-pending.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderCancelled = defineProjection({
  event: 'OrderCancelled',
  touches: touchOrder,
  apply(record, rows) {
    const { coverVersion } = record.event.args;
    patchOrder(record, rows, { ...NOTHING_PENDING, status: 'CANCELLED', cover_version: coverVersion });
  },
});
