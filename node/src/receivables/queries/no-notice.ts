import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Submissions } from '../../submissions/index.js';

/**
 * Refuses with TRY_AGAIN while this obligor's acknowledgement of a lender's notice is on its way: payment is about to go to that lender. To be
 * asked before the payee is.
 */
export async function requireNoNotice(submissions: Pick<Submissions, 'underWay'>, receivable: Hex): Promise<void> {
  if ((await submissions.underWay('acknowledgeNotice', [receivable])).length === 0) return;
  throw tryAgain('the acknowledgement of a lender’s notice is on its way', { receivable, retryAfterSeconds: 1 });
}
