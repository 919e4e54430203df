import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { KeyLife } from '../domain/key-life.js';

/** A message or tag key that a member has, or had. */
export interface KeyRow extends KeyLife {
  readonly key: Hex;
  readonly member: number;
  /** 1 message signing, 2 message encryption, 3 tag */
  readonly kind: number;
  /** 1, 2, .. for tag keys, 0 for the others */
  readonly number: number;
  readonly public_key: Hex;
}

export const chainKeys = defineChainTable<KeyRow>({
  name: 'chain_keys',
  key: ['key'],
  columns: {
    key: 'bytea',
    member: 'int4',
    kind: 'int4',
    number: 'int4',
    public_key: 'bytea',
    added_block: 'int8',
    revoked_block: 'int8',
    doubt_block: 'int8',
  },
});
