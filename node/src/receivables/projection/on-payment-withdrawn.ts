import { defineProjection, touch } from '../../indexer/index.js';
import { chainPayments } from '../storage/chain-payments.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';

export const onPaymentWithdrawn = defineProjection({
  event: 'PaymentWithdrawn',
  touches: ({ event: { args } }) => [
    touch(chainReceivables, { id: args.receivable }),
    touch(chainPayments, { receivable: args.receivable, entry: args.index }),
  ],
  apply(record, rows) {
    const { receivable, index, head } = record.event.args;
    appendEntry(rows, receivable, head);
    rows.patch(chainPayments, { receivable, entry: index }, { withdrawn: placeOf(record) });
  },
});
