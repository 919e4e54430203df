import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderRejected = defineProjection({
  event: 'OrderRejected',
  touches: touchOrder,
  apply: (record, rows) => void patchOrder(record, rows, { status: 'REJECTED', rejection: record.event.args.reason }),
});
