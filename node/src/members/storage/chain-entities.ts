import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** A legal entity, as the salted hash that its member registered. */
export interface EntityRow {
  readonly entity: Hex;
  readonly member: number;
  readonly registered_block: number;
}

export const chainEntities = defineChainTable<EntityRow>({
  name: 'chain_entities',
  key: ['entity'],
  columns: { entity: 'bytea', member: 'int4', registered_block: 'int8' },
});
