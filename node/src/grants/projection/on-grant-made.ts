import { defineProjection } from '../../indexer/index.js';
import { chainGrants } from '../storage/chain-grants.js';

export const onGrantMade = defineProjection({
  event: 'GrantMade',
  touches: () => [],
  apply({ event: { args }, block, blockTime }, rows) {
    const { grant: grant_id, maker, commitment } = args;
    const life = { made_block: block, made_at: blockTime, revoked_block: null, revoked_at: null };
    rows.put(chainGrants, { grant_id, maker, commitment, ...life });
  },
});
