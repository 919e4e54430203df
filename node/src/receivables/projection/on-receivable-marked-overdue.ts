import { defineProjection, touch } from '../../indexer/index.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { chainStatements } from '../storage/chain-statements.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';
import { mark } from './mark.js';

export const onReceivableMarkedOverdue = defineProjection({
  event: 'ReceivableMarkedOverdue',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, index, commitment, head, coverVersion } = record.event.args;
    mark(rows, receivable, 'OVERDUE');
    appendEntry(rows, receivable, head, { cover_version: coverVersion });
    const kind = 'OVERDUE';
    rows.put(chainStatements, { receivable, entry: index, kind, commitment, by: null, made: placeOf(record) });
  },
});
