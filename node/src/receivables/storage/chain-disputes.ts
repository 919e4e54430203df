import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { EventPlace } from './event-place.js';

export interface ChainDispute {
  readonly receivable: Hex;
  /** Its place in the receivable's log. */
  readonly entry: number;
  /** Of the dispute's fields. */
  readonly commitment: Hex;
  readonly opened: EventPlace;
  /** Of the resolution's fields; with `resolved` null while it is open. */
  readonly resolution: Hex | null;
  readonly resolved: EventPlace | null;
}

export const chainDisputes = defineChainTable<ChainDispute>({
  name: 'chain_disputes',
  key: ['receivable', 'entry'],
  columns: {
    receivable: 'bytea',
    entry: 'int8',
    commitment: 'bytea',
    opened: 'jsonb',
    resolution: 'bytea',
    resolved: 'jsonb',
  },
});
