import { defineProjection } from '../../indexer/index.js';
import { chainAccounts } from '../storage/chain-accounts.js';

export const onOperatorAdded = defineProjection({
  event: 'OperatorAdded',
  touches: () => [],
  apply({ event: { args }, block }, rows) {
    const { member, account } = args;
    rows.put(chainAccounts, { account, member, added_block: block, revoked_block: null, doubt_block: null });
  },
});
