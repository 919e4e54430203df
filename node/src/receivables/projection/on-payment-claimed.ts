import { defineProjection, touch } from '../../indexer/index.js';
import { chainPayments } from '../storage/chain-payments.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';

export const onPaymentClaimed = defineProjection({
  event: 'PaymentClaimed',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, index, commitment, head } = record.event.args;
    appendEntry(rows, receivable, head);
    rows.put(chainPayments, {
      receivable,
      entry: index,
      commitment,
      settles: false,
      claimed: placeOf(record),
      acknowledged: null,
      withdrawn: null,
    });
  },
});
