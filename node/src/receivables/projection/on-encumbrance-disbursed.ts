import { defineProjection, touch } from '../../indexer/index.js';
import { ENCUMBRANCE_STATES } from '../domain/states.js';
import { chainEncumbrances } from '../storage/chain-encumbrances.js';
import { placeOf } from '../storage/event-place.js';

export const onEncumbranceDisbursed = defineProjection({
  event: 'EncumbranceDisbursed',
  touches: ({ event }) => [touch(chainEncumbrances, { object: event.args.object })],
  apply(record, rows) {
    const { object, state, paymentReference } = record.event.args;
    rows.patch(
      chainEncumbrances,
      { object },
      { state: ENCUMBRANCE_STATES[state]!, payment_reference: paymentReference, disbursed: placeOf(record) },
    );
  },
});
