import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onFrameworkPosted = defineProjection({
  event: 'FrameworkPosted',
  touches: touchOrder,
  apply: (record, rows) => void patchOrder(record, rows, { type: 'FRAMEWORK' }),
});
