import { defineProjection, touch } from '../../indexer/index.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { chainStatements } from '../storage/chain-statements.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';

export const onRegistrationRecorded = defineProjection({
  event: 'RegistrationRecorded',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, index, by, commitment, head } = record.event.args;
    appendEntry(rows, receivable, head);
    const kind = 'REGISTRATION';
    rows.put(chainStatements, { receivable, entry: index, kind, commitment, by, made: placeOf(record) });
  },
});
