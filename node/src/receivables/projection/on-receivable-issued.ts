import { defineProjection } from '../../indexer/index.js';
import { chainReceivableOrders } from '../storage/chain-receivable-orders.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';

const EMPTY_HEAD = `0x${'00'.repeat(32)}` as const;

export const onReceivableIssued = defineProjection({
  event: 'ReceivableIssued',
  touches: () => [],
  apply(record, rows) {
    const { receivable, obligor, supplier, holder, commitment, orders } = record.event.args;
    rows.put(chainReceivables, {
      id: receivable,
      obligor,
      supplier,
      holder,
      status: 'ISSUED',
      commitment,
      confirmation: null,
      scope: null,
      cover_version: 0,
      head: EMPTY_HEAD,
      entries: 0,
      open_disputes: 0,
      marks: 0,
      instalment: 0,
      instalments: 0,
      parent: null,
      part: null,
      successor: null,
      issued_block: record.block,
      issued_log: record.logIndex,
      issued: placeOf(record),
      confirmed: null,
      ended: null,
    });
    orders.forEach((order_id, place) => rows.put(chainReceivableOrders, { receivable, order_id, place }));
  },
});
