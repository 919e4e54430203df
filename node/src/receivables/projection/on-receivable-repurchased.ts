import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';
import { endEncumbrance } from './end-encumbrance.js';
import { mark } from './mark.js';

export const onReceivableRepurchased = defineProjection({
  event: 'ReceivableRepurchased',
  touches: ({ event: { args } }) => [
    touch(chainReceivables, { id: args.receivable }),
    touch(chainEncumbrances, { object: args.receivable }),
  ],
  apply(record, rows) {
    const { receivable, commitment } = record.event.args;
    mark(rows, receivable, 'REPURCHASED');
    endEncumbrance(rows, receivable, 'REPURCHASED', placeOf(record), { release_reason: commitment });
  },
});
