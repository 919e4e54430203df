import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** A member's one vote on a proposal. */
export interface VoteRow {
  readonly proposal: Hex;
  readonly member: number;
  readonly approve: boolean;
  readonly cast_block: number;
}

export const chainVotes = defineChainTable<VoteRow>({
  name: 'chain_votes',
  key: ['proposal', 'member'],
  columns: { proposal: 'bytea', member: 'int4', approve: 'bool', cast_block: 'int8' },
});
