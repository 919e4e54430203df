import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderCompletionProposed = defineProjection({
  event: 'OrderCompletionProposed',
  touches: touchOrder,
  apply(record, rows) {
    patchOrder(record, rows, { complete_proposed_by: record.event.args.by });
  },
});
