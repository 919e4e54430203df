import { defineProjection } from '../../indexer/index.js';
import { NOTHING_PENDING } from './nothing-pending.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderCompleted = defineProjection({
  event: 'OrderCompleted',
  touches: touchOrder,
  apply(record, rows) {
    patchOrder(record, rows, { ...NOTHING_PENDING, status: 'COMPLETED' });
  },
});
