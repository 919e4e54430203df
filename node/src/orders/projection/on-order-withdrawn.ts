import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderWithdrawn = defineProjection({
  event: 'OrderWithdrawn',
  touches: touchOrder,
  apply: (record, rows) => void patchOrder(record, rows, { status: 'WITHDRAWN' }),
});
