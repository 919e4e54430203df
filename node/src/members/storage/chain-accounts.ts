import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { KeyLife } from '../domain/key-life.js';

/** An operator account that acts, or acted, for a member. */
export interface AccountRow extends KeyLife {
  readonly account: Hex;
  readonly member: number;
}

export const chainAccounts = defineChainTable<AccountRow>({
  name: 'chain_accounts',
  key: ['account'],
  columns: { account: 'bytea', member: 'int4', added_block: 'int8', revoked_block: 'int8', doubt_block: 'int8' },
});
