import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderEncumbranceChanged = defineProjection({
  event: 'OrderEncumbranceChanged',
  touches: touchOrder,
  apply(record, rows) {
    const { encumbered, encumberedDescendants } = record.event.args;
    patchOrder(record, rows, { encumbered, encumbered_descendants: encumberedDescendants });
  },
});
