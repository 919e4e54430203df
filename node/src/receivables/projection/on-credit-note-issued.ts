import { defineProjection, touch } from '../../indexer/index.js';
import { chainCreditNotes } from '../storage/chain-credit-notes.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';

export const onCreditNoteIssued = defineProjection({
  event: 'CreditNoteIssued',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, index, commitment, head, coverVersion } = record.event.args;
    appendEntry(rows, receivable, head, { cover_version: coverVersion });
    rows.put(chainCreditNotes, { receivable, entry: index, commitment, issued: placeOf(record) });
  },
});
