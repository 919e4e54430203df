import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';

export const onNoticeGiven = defineProjection({
  event: 'NoticeGiven',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.object })],
  apply(record, rows) {
    const { object, notice } = record.event.args;
    rows.patch(chainEncumbrances, { object }, { notice, notified: placeOf(record) });
  },
});
