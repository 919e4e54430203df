import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** An access grant as the chain has it: a bare commitment. Times in seconds, of blocks. */
export interface GrantRow {
  readonly grant_id: Hex;
  /** a one-time account: it says nothing about who grants */
  readonly maker: Hex;
  readonly commitment: Hex;
  readonly made_block: number;
  readonly made_at: number;
  /** null while it is not revoked */
  readonly revoked_block: number | null;
  readonly revoked_at: number | null;
}

export const chainGrants = defineChainTable<GrantRow>({
  name: 'chain_grants',
  key: ['grant_id'],
  columns: {
    grant_id: 'bytea',
    maker: 'bytea',
    commitment: 'bytea',
    made_block: 'int8',
    made_at: 'int8',
    revoked_block: 'int8',
    revoked_at: 'int8',
  },
});
