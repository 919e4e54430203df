import { defineProjection, touch } from '../../indexer/index.js';
import { chainAccounts } from '../storage/chain-accounts.js';

export const onOperatorRevoked = defineProjection({
  event: 'OperatorRevoked',
  touches: ({ event: { args } }) => [touch(chainAccounts, { account: args.account })],
  apply({ event: { args }, block }, rows) {
    const { account, inDoubtFrom } = args;
    rows.patch(chainAccounts, { account }, { revoked_block: block, doubt_block: inDoubtFrom || null });
  },
});
