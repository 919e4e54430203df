import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { EventPlace } from './event-place.js';

export interface ChainCreditNote {
  readonly receivable: Hex;
  /** Its place in the receivable's log. */
  readonly entry: number;
  /** Of the credit note's fields. */
  readonly commitment: Hex;
  readonly issued: EventPlace;
}

export const chainCreditNotes = defineChainTable<ChainCreditNote>({
  name: 'chain_credit_notes',
  key: ['receivable', 'entry'],
  columns: { receivable: 'bytea', entry: 'int8', commitment: 'bytea', issued: 'jsonb' },
});
