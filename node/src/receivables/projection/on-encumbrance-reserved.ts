import { defineProjection, touch } from '../../indexer/index.js';
import { ENCUMBRANCE_KINDS } from '../domain/states.js';
import { chainEncumbrances, chainPastEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';

export const onEncumbranceReserved = defineProjection({
  event: 'EncumbranceReserved',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.object })],
  apply(record, rows) {
    const { object, lender, onOrder, kind, disburseBy, terms, coverVersion } = record.event.args;
    const before = rows.get(chainEncumbrances, { object });
    if (before) rows.put(chainPastEncumbrances, before);
    rows.put(chainEncumbrances, {
      object,
      on_order: onOrder,
      lender,
      kind: ENCUMBRANCE_KINDS[kind - 1]!,
      state: 'RESERVED',
      terms,
      disburse_by: disburseBy,
      cover_version: coverVersion,
      payment_reference: null,
      notice: null,
      ending: null,
      release_reason: null,
      rolled_over_to: null,
      contest: null,
      recourse: null,
      release_demand: null,
      overrulable_from: null,
      reserved_block: record.block,
      reserved_log: record.logIndex,
      reserved: placeOf(record),
      disbursed: null,
      notified: null,
      acknowledged: null,
      contested: null,
      recourse_called: null,
      release_demanded: null,
      ended: null,
    });
  },
});
