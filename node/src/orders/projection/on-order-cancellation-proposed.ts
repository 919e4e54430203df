import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderCancellationProposed = defineProjection({
  event: 'OrderCancellationProposed',
  touches: touchOrder,
  apply(record, rows) {
    patchOrder(record, rows, { cancel_proposed_by: record.event.args.by });
  },
});
