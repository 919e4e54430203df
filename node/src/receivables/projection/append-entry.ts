import type { RowStore } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type ChainReceivable, chainReceivables } from '../storage/chain-receivables.js';

/** Records that a receivable's log has one more entry, and what else that changes. */
export function appendEntry(
  rows: RowStore,
  id: Hex,
  head: Hex,
  change: Partial<ChainReceivable> = {},
): ChainReceivable {
  const entries = (rows.get(chainReceivables, { id })?.entries ?? 0) + 1;
  return rows.patch(chainReceivables, { id }, { ...change, head, entries });
}
