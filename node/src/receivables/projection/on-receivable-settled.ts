import { defineProjection, touch } from '../../indexer/index.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';

export const onReceivableSettled = defineProjection({
  event: 'ReceivableSettled',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    rows.patch(chainReceivables, { id: record.event.args.receivable }, { status: 'SETTLED', ended: placeOf(record) });
  },
});
