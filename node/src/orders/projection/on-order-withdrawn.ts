import { defineProjection } from '../../indexer/index.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderWithdrawn = defineProjection({
  event: 'OrderWithdrawn',
  touches: touchOrder,
  // As the contract has it: from that second on nothing accepts it.
  apply: (record, rows) => void patchOrder(record, rows, { status: 'WITHDRAWN', expiry: record.blockTime - 1 }),
});
