import { defineProjection, touch } from '../../indexer/index.js';
import { chainMembers } from '../storage/chain-members.js';
import { chainProposals } from '../storage/chain-proposals.js';
import { chainVotes } from '../storage/chain-votes.js';

export const onVoteCast = defineProjection({
  event: 'VoteCast',
  touches: ({ event: { args } }) => [
    touch(chainProposals, { proposal: args.proposal }),
    touch(chainMembers, { member: args.member }),
  ],
  apply({ event: { args }, block }, rows) {
    const { proposal, member, approve } = args;
    rows.put(chainVotes, { proposal, member, approve, cast_block: block });
    const { approvals, version } = rows.patch(chainProposals, { proposal }, {});
    const chamber = rows.patch(chainMembers, { member }, {}).chamber - 1;
    const counted = approvals.map((count, index) => (approve && index === chamber ? count + 1 : count));
    rows.patch(chainProposals, { proposal }, { approvals: counted, version: version + 1 });
  },
});
