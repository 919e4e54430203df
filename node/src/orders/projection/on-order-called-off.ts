import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderCalledOff = defineProjection({
  event: 'OrderCalledOff',
  touches: touchOrder,
  apply: (record, rows) => void patchOrder(record, rows, { framework: record.event.args.framework }),
});
