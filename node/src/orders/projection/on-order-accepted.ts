import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderAccepted = defineProjection({
  event: 'OrderAccepted',
  touches: touchOrder,
  apply: (record, rows) => void patchOrder(record, rows, { status: 'ACCEPTED' }),
});
