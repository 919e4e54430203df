import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { readRows } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { chainProposals, type ProposalRow } from '../storage/chain-proposals.js';

/** A proposal with the votes on it, and its reason where this node knows it. */
export interface ProposalRecord extends ProposalRow {
  readonly votes: readonly { readonly member: number; readonly approve: boolean }[];
  readonly opening: { readonly reason: string; readonly salt: Hex } | null;
}

/** Place of a proposal in the list: newest first. */
export interface ProposalPlace {
  readonly block: number;
  readonly id: string;
}

type Row = Record<string, unknown> & {
  votes: ProposalRecord['votes'];
  salt: Buffer | null;
  text: string | null;
};

const SELECT = `
  SELECT p.*, r.salt, r.reason AS text, coalesce(v.votes, '[]') AS votes
  FROM chain_proposals p
  LEFT JOIN member_proposal_reasons r ON r.proposal = p.proposal
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('member', member, 'approve', approve) ORDER BY cast_block, member) AS votes
    FROM chain_votes WHERE proposal = p.proposal) v ON true`;

/** What was put to the vote. */
@Injectable()
export class Proposals {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Throws PROPOSAL_UNKNOWN. */
  async get(id: Hex): Promise<ProposalRecord> {
    const rows = await this.unitOfWork.manager.query<Row[]>(`${SELECT} WHERE p.proposal = $1`, [toBytes(id)]);
    const [proposal] = rows.map(read);
    if (!proposal) throw CONTRACT_PROBLEMS.ProposalUnknown(`there is no proposal ${id}`, { proposal: id });
    return proposal;
  }

  /** Newest first, up to `limit` after `after`. */
  async list(limit: number, after?: ProposalPlace): Promise<ProposalRecord[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `${SELECT} WHERE $2::int8 IS NULL OR p.created_block < $2 OR p.created_block = $2 AND p.proposal > $3
       ORDER BY p.created_block DESC, p.proposal LIMIT $1`,
      [limit, after?.block ?? null, after ? toBytes(after.id as Hex) : null],
    );
    return rows.map(read);
  }
}

function read({ votes, salt, text, ...row }: Row): ProposalRecord {
  const [proposal] = readRows(chainProposals, [row]);
  return { ...proposal!, votes, opening: salt && text !== null ? { reason: text, salt: toHex(salt) } : null };
}
