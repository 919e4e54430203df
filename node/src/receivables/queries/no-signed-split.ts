import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Splits } from './splits.js';

/** Refuses with TRY_AGAIN while a split that this member, the obligor, signed is on its way: of what is split no payment counts. */
export async function requireNoneSigned(splits: Pick<Splits, 'open'>, receivable: Hex): Promise<void> {
  if ((await splits.open(receivable))?.status !== 'SIGNED') return;
  throw tryAgain('a split of it that this member signed is on its way', { receivable, retryAfterSeconds: 1 });
}
