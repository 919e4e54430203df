import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** A purchase order's tag under one tag key of its buyer, taken by the first encumbrance in its lineage (rule 2). */
export interface ChainOrderTag {
  readonly buyer: number;
  readonly tag: Hex;
  readonly order_id: Hex;
}

export const chainOrderTags = defineChainTable<ChainOrderTag>({
  name: 'chain_order_tags',
  key: ['buyer', 'tag'],
  columns: { buyer: 'int8', tag: 'bytea', order_id: 'bytea' },
});
