import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { StatementKind } from '../domain/states.js';
import type { EventPlace } from './event-place.js';

/** What else was said of a receivable in its log and awaits no answer. */
export interface ChainStatement {
  readonly receivable: Hex;
  /** Place in the receivable's log. */
  readonly entry: number;
  readonly kind: StatementKind;
  /** Of the statement's fields. */
  readonly commitment: Hex;
  /** Account that registered it elsewhere; of the other kinds null, since who says them follows from the kind. */
  readonly by: Hex | null;
  readonly made: EventPlace;
}

export const chainStatements = defineChainTable<ChainStatement>({
  name: 'chain_statements',
  key: ['receivable', 'entry'],
  columns: {
    receivable: 'bytea',
    entry: 'int8',
    kind: 'text',
    commitment: 'bytea',
    by: 'bytea',
    made: 'jsonb',
  },
});
