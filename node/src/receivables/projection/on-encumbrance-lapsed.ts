import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';

export const onEncumbranceLapsed = defineProjection({
  event: 'EncumbranceLapsed',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.object })],
  apply(record, rows) {
    const { object } = record.event.args;
    rows.patch(chainEncumbrances, { object }, { state: 'NONE', ending: 'LAPSED', ended: placeOf(record) });
  },
});
