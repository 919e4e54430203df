import { defineProjection } from '../../indexer/index.js';
import { chainProposals } from '../storage/chain-proposals.js';

export const onProposalCreated = defineProjection({
  event: 'ProposalCreated',
  touches: () => [],
  apply({ event: { args }, block, blockTime }, rows) {
    rows.put(chainProposals, {
      proposal: args.proposal,
      proposer: args.proposer,
      kind: args.kind,
      payload: args.payload,
      reason: args.reason,
      created_block: block,
      created_at: blockTime,
      voting_ends: args.votingEnds,
      sizes: args.chamberSizes,
      approvals: [0, 0, 0],
      executable_at: null,
      executed_block: null,
      version: 1,
    });
  },
});
