import { defineProjection } from '../../indexer/index.js';
import { chainKeys } from '../storage/chain-keys.js';

export const onKeyAdded = defineProjection({
  event: 'KeyAdded',
  touches: () => [],
  apply({ event: { args }, block }, rows) {
    const { member, key, kind, number, publicKey: public_key } = args;
    const life = { added_block: block, revoked_block: null, doubt_block: null };
    rows.put(chainKeys, { key, member, kind, number, public_key, ...life });
  },
});
