import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

/** A receivable born from it was confirmed, or it was reserved itself. */
export const onOrderCoverVersionRaised = defineProjection({
  event: 'OrderCoverVersionRaised',
  touches: touchOrder,
  apply(record, rows) {
    patchOrder(record, rows, { cover_version: record.event.args.coverVersion });
  },
});
