import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderExpired = defineProjection({
  event: 'OrderExpired',
  touches: touchOrder,
  apply: (record, rows) => void patchOrder(record, rows, { status: 'EXPIRED' }),
});
