import { defineProjection, touch } from '../../indexer/index.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';

const NO_SUCCESSOR = `0x${'00'.repeat(32)}`;

export const onReceivableVoided = defineProjection({
  event: 'ReceivableVoided',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, successor } = record.event.args;
    rows.patch(
      chainReceivables,
      { id: receivable },
      { status: 'VOID', successor: successor === NO_SUCCESSOR ? null : successor, ended: placeOf(record) },
    );
  },
});
