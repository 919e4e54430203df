export { type ChainTable, type ColumnType, defineChainTable } from './chain-table.js';
export { type BlockRef, IndexHead } from './index-head.js';
export { defineProjection, type Projection, touch, type TouchedKey } from './projection.js';
export { ProjectionRegistry } from './projection-registry.js';
export { readRows } from './read-rows.js';
export type { RowStore } from './row-store.js';
