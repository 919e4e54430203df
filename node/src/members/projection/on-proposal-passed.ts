import { defineProjection, touch } from '../../indexer/index.js';
import { chainProposals } from '../storage/chain-proposals.js';

export const onProposalPassed = defineProjection({
  event: 'ProposalPassed',
  touches: ({ event: { args } }) => [touch(chainProposals, { proposal: args.proposal })],
  apply({ event: { args } }, rows) {
    const { proposal, executableAt } = args;
    const { version } = rows.patch(chainProposals, { proposal }, { executable_at: executableAt });
    rows.patch(chainProposals, { proposal }, { version: version + 1 });
  },
});
