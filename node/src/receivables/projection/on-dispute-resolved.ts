import { defineProjection, touch } from '../../indexer/index.js';
import { chainDisputes } from '../storage/chain-disputes.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';

export const onDisputeResolved = defineProjection({
  event: 'DisputeResolved',
  touches: ({ event: { args } }) => [
    touch(chainReceivables, { id: args.receivable }),
    touch(chainDisputes, { receivable: args.receivable, entry: args.index }),
  ],
  apply(record, rows) {
    const { receivable, index, commitment, head, coverVersion } = record.event.args;
    const { open_disputes } = appendEntry(rows, receivable, head, { cover_version: coverVersion });
    rows.patch(chainReceivables, { id: receivable }, { open_disputes: open_disputes - 1 });
    rows.patch(chainDisputes, { receivable, entry: index }, { resolution: commitment, resolved: placeOf(record) });
  },
});
