import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';
import { endEncumbrance } from './end-encumbrance.js';

export const onLenderOverruled = defineProjection({
  event: 'LenderOverruled',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.receivable })],
  apply(record, rows) {
    endEncumbrance(rows, record.event.args.receivable, 'OVERRULED', placeOf(record));
  },
});
