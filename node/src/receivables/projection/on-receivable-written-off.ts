import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { chainStatements } from '../storage/chain-statements.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';
import { endEncumbrance } from './end-encumbrance.js';

export const onReceivableWrittenOff = defineProjection({
  event: 'ReceivableWrittenOff',
  touches: ({ event: { args } }) => [
    touch(chainReceivables, { id: args.receivable }),
    touch(chainEncumbrances, { object: args.receivable }),
  ],
  apply(record, rows) {
    const { receivable, index, commitment, head } = record.event.args;
    const ended = placeOf(record);
    appendEntry(rows, receivable, head, { status: 'WRITTEN_OFF', ended });
    rows.put(chainStatements, { receivable, entry: index, kind: 'WRITE_OFF', commitment, by: null, made: ended });
    endEncumbrance(rows, receivable, 'WRITTEN_OFF', ended, { release_reason: commitment });
  },
});
