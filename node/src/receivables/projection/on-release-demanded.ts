import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';

export const onReleaseDemanded = defineProjection({
  event: 'ReleaseDemanded',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.receivable })],
  apply(record, rows) {
    const { receivable, commitment, overrulableFrom } = record.event.args;
    rows.patch(
      chainEncumbrances,
      { object: receivable },
      { release_demand: commitment, overrulable_from: overrulableFrom, release_demanded: placeOf(record) },
    );
  },
});
