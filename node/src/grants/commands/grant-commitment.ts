import { commit, flatten, SCHEMA } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Seed } from '../../kernel/ids.js';
import type { GrantOpening } from '../domain/grant.js';

/** What stands on chain for a grant: the root over its fields, in the canonical form of documents, salted by its seed. */
export function commitmentOf(opening: GrantOpening): Hex {
  const { maker, grantee, object, onOrder, purpose, profile, fields, from, until, financing, seed } = opening;
  const scope = onOrder ? { order: object } : { receivable: object };
  const terms = { purpose, profile, fields, from, until, financing };
  return commit(flatten({ kind: 'GRANT', schema: SCHEMA, maker, grantee, ...scope, ...terms }), seed as Seed).root;
}
