import type { RowStore } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { EncumbranceEnding } from '../domain/receivable.js';
import { type ChainEncumbrance, chainEncumbrances } from '../storage/chain-encumbrances.js';
import type { EventPlace } from '../storage/event-place.js';

/** Records that the claim on an object is over, how, and what else that changes. */
export function endEncumbrance(
  rows: RowStore,
  object: Hex,
  ending: EncumbranceEnding,
  ended: EventPlace,
  change: Partial<ChainEncumbrance> = {},
): void {
  rows.patch(chainEncumbrances, { object }, { ...change, state: 'NONE', ending, ended });
}
