import { defineProjection, touch } from '../../indexer/index.js';
import { chainGrants } from '../storage/chain-grants.js';

export const onGrantRevoked = defineProjection({
  event: 'GrantRevoked',
  touches: ({ event: { args } }) => [touch(chainGrants, { grant_id: args.grant })],
  apply({ event: { args }, block, blockTime }, rows) {
    rows.patch(chainGrants, { grant_id: args.grant }, { revoked_block: block, revoked_at: blockTime });
  },
});
