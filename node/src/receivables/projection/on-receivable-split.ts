import { defineProjection, touch } from '../../indexer/index.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';

/** Its parts follow, each by `ReceivableIssued` and `PartConfirmed`. */
export const onReceivableSplit = defineProjection({
  event: 'ReceivableSplit',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, head } = record.event.args;
    appendEntry(rows, receivable, head, { status: 'SPLIT', ended: placeOf(record) });
  },
});
