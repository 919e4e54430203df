import type { RowStore } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { RECEIVABLE_MARKS, type ReceivableMark } from '../domain/states.js';
import { chainReceivables } from '../storage/chain-receivables.js';

/** Records that a receivable bears a mark from now on. */
export function mark(rows: RowStore, id: Hex, what: ReceivableMark): void {
  const before = rows.get(chainReceivables, { id })?.marks ?? 0;
  rows.patch(chainReceivables, { id }, { marks: before | (1 << RECEIVABLE_MARKS.indexOf(what)) });
}
