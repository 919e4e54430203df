import { defineProjection, touch } from '../../indexer/index.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';
import { endEncumbrance } from './end-encumbrance.js';

export const onEncumbranceRolledOver = defineProjection({
  event: 'EncumbranceRolledOver',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.order })],
  apply(record, rows) {
    const { order, receivable } = record.event.args;
    endEncumbrance(rows, order, 'ROLLED_OVER', placeOf(record), { rolled_over_to: receivable });
  },
});
