import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';

export const onEncumbranceReleased = defineProjection({
  event: 'EncumbranceReleased',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.object })],
  apply(record, rows) {
    const { object, reason } = record.event.args;
    rows.patch(
      chainEncumbrances,
      { object },
      { state: 'NONE', ending: 'RELEASED', release_reason: reason, ended: placeOf(record) },
    );
  },
});
