import { defineProjection, touch } from '../../indexer/index.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';

/** What a part's document says is what the obligor confirmed by signing the split. */
export const onPartConfirmed = defineProjection({
  event: 'PartConfirmed',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, parent, part, scope, head } = record.event.args;
    const { commitment } = rows.patch(chainReceivables, { id: receivable }, { parent, part, scope });
    const change = { status: 'CONFIRMED', confirmation: commitment, confirmed: placeOf(record) } as const;
    appendEntry(rows, receivable, head, change);
  },
});
