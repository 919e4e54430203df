import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import { executableUntil, statusAt } from '../domain/proposal-status.js';
import { decodePayload, PROPOSAL_KINDS, type ProposalKind, proposalKindOf } from '../domain/proposals.js';
import { CHAMBERS } from '../domain/roles.js';
import type { ProposalRecord } from '../queries/proposals.js';

const time = z.iso.datetime();
const proposalKind = z.enum(Object.keys(PROPOSAL_KINDS) as [ProposalKind, ...ProposalKind[]]);

export const proposalView = z.object({
  id: z.string(),
  kind: proposalKind,
  status: z.enum(['VOTING', 'PASSED', 'EXECUTED', 'LAPSED']),
  version: z.int(),
  proposer: z.string(),
  what: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .nullable()
    .describe('Fields of the payload.'),
  reason: z.string().nullable().describe('Known to the proposer’s node.'),
  reasonSalt: z.string().nullable(),
  reasonCommitment: z.string().describe('keccak-256 of salt and reason, as the chain has it.'),
  createdAt: time,
  votingEnds: time,
  executableAt: time.nullable(),
  executableUntil: time.nullable(),
  chambers: z.array(z.object({ chamber: z.string(), voters: z.int(), approvals: z.int(), needed: z.int() })),
  votes: z.array(z.object({ member: z.string(), approve: z.boolean() })),
});
export type ProposalView = z.output<typeof proposalView>;

/** `now` is block time in seconds; `nameOf` names members by number. */
export function viewProposal(row: ProposalRecord, now: number, nameOf: (member: number) => string): ProposalView {
  const kind = proposalKindOf(row.kind);
  const until = executableUntil(row);
  return {
    id: row.proposal,
    kind,
    status: statusAt(row, now),
    version: row.version,
    proposer: nameOf(row.proposer),
    what: decodePayload(kind, row.payload),
    reason: row.opening?.reason ?? null,
    reasonSalt: row.opening?.salt ?? null,
    reasonCommitment: row.reason,
    createdAt: timeOf(row.created_at),
    votingEnds: timeOf(row.voting_ends),
    executableAt: row.executable_at === null ? null : timeOf(row.executable_at),
    executableUntil: until === null ? null : timeOf(until),
    chambers: row.sizes.map((voters, index) => ({
      chamber: CHAMBERS[index + 1]!,
      voters,
      approvals: row.approvals[index]!,
      needed: Math.ceil((2 * voters) / 3),
    })),
    votes: row.votes.map(({ member, approve }) => ({ member: nameOf(member), approve })),
  };
}
