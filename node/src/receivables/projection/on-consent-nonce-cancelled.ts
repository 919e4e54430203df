import { defineProjection } from '../../indexer/index.js';
import { chainCancelledNonces } from '../storage/chain-cancelled-nonces.js';

export const onConsentNonceCancelled = defineProjection({
  event: 'ConsentNonceCancelled',
  touches: () => [],
  apply({ event }, rows) {
    rows.put(chainCancelledNonces, event.args);
  },
});
