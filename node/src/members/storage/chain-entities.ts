import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** A legal entity, as the salted hash that its member registered, and whose it is or was last. */
export interface EntityRow {
  readonly entity: Hex;
  readonly member: number;
  readonly registered_block: number;
  /** since when it is nobody's, by vote of the chambers */
  readonly removed_block: number | null;
}

export const chainEntities = defineChainTable<EntityRow>({
  name: 'chain_entities',
  key: ['entity'],
  columns: { entity: 'bytea', member: 'int4', registered_block: 'int8', removed_block: 'int8' },
});
