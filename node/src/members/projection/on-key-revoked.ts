import { defineProjection, touch } from '../../indexer/index.js';
import { chainKeys } from '../storage/chain-keys.js';

export const onKeyRevoked = defineProjection({
  event: 'KeyRevoked',
  touches: ({ event: { args } }) => [touch(chainKeys, { key: args.key })],
  apply({ event: { args }, block }, rows) {
    const { key, inDoubtFrom } = args;
    rows.patch(chainKeys, { key }, { revoked_block: block, doubt_block: inDoubtFrom || null });
  },
});
