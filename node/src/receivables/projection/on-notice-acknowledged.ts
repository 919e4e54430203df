import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';

export const onNoticeAcknowledged = defineProjection({
  event: 'NoticeAcknowledged',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.object })],
  apply(record, rows) {
    const { object } = record.event.args;
    rows.patch(chainEncumbrances, { object }, { state: 'NOTIFIED', acknowledged: placeOf(record) });
  },
});
