import { defineProjection, touch } from '../../indexer/index.js';
import { chainProposals } from '../storage/chain-proposals.js';

export const onProposalExecuted = defineProjection({
  event: 'ProposalExecuted',
  touches: ({ event: { args } }) => [touch(chainProposals, { proposal: args.proposal })],
  apply({ event: { args }, block }, rows) {
    const { proposal } = args;
    const { version } = rows.patch(chainProposals, { proposal }, { executed_block: block });
    rows.patch(chainProposals, { proposal }, { version: version + 1 });
  },
});
