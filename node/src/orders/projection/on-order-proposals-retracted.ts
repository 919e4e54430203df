import { defineProjection } from '../../indexer/index.js';
import { chainOrders } from '../storage/chain-orders.js';
import { patchOrder, touchOrder } from './order-row.js';

export const onOrderProposalsRetracted = defineProjection({
  event: 'OrderProposalsRetracted',
  touches: touchOrder,
  apply(record, rows) {
    const { order, by } = record.event.args;
    const row = rows.get(chainOrders, { id: order });
    const without = (proposer?: number | null) => (proposer === by ? null : (proposer ?? null));
    patchOrder(record, rows, {
      cancel_proposed_by: without(row?.cancel_proposed_by),
      complete_proposed_by: without(row?.complete_proposed_by),
    });
  },
});
