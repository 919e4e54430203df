import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** Something put to the vote. Times in seconds, of blocks. */
export interface ProposalRow {
  readonly proposal: Hex;
  readonly proposer: number;
  /** 1 ADMIT .. 6 UPGRADE, see domain/proposals */
  readonly kind: number;
  readonly payload: Hex;
  /** commitment to the reason */
  readonly reason: Hex;
  readonly created_block: number;
  readonly created_at: number;
  readonly voting_ends: number;
  /** voters of each chamber when it was made: core enterprises, suppliers, lenders */
  readonly sizes: readonly number[];
  /** approvals of each chamber, in the same order */
  readonly approvals: readonly number[];
  /** null until it passes */
  readonly executable_at: number | null;
  readonly executed_block: number | null;
  readonly version: number;
}

export const chainProposals = defineChainTable<ProposalRow>({
  name: 'chain_proposals',
  key: ['proposal'],
  columns: {
    proposal: 'bytea',
    proposer: 'int4',
    kind: 'int4',
    payload: 'bytea',
    reason: 'bytea',
    created_block: 'int8',
    created_at: 'int8',
    voting_ends: 'int8',
    sizes: 'int4[]',
    approvals: 'int4[]',
    executable_at: 'int8',
    executed_block: 'int8',
    version: 'int4',
  },
});
