import { defineProjection, touch } from '../../indexer/index.js';
import { chainFingerprints } from '../storage/chain-fingerprints.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { placeOf } from '../storage/event-place.js';
import { appendEntry } from './append-entry.js';

export const onReceivableConfirmed = defineProjection({
  event: 'ReceivableConfirmed',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, confirmation, scope, fingerprints, instalment, instalments, head } = record.event.args;
    const terms = { confirmation, scope, instalment, instalments };
    const change = { status: 'CONFIRMED', ...terms, confirmed: placeOf(record) } as const;
    const { obligor } = appendEntry(rows, receivable, head, change);
    fingerprints.forEach((fingerprint, place) =>
      rows.put(chainFingerprints, { receivable, fingerprint, obligor, place }),
    );
  },
});
