import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';

export const onDisbursementContested = defineProjection({
  event: 'DisbursementContested',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.object })],
  apply(record, rows) {
    const { object, commitment } = record.event.args;
    rows.patch(chainEncumbrances, { object }, { contest: commitment, contested: placeOf(record) });
  },
});
