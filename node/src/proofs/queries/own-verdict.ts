import type { BlockRef } from '../../indexer/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { type Fragment, inOrder, isValid, skipped, type Verdict } from '../verify/fragment.js';

/** The verdict of a node that asked its own endpoint: FINALITY is not checked and not required. */
export function ownVerdict({ number, hash, timestamp }: BlockRef, judged: readonly Fragment[]): Verdict {
  const finality = skipped('FINALITY', 'OWN_RPC', 'This node trusts its own endpoint for which blocks are final.');
  const fragments = inOrder([...judged, finality]);
  return {
    valid: isValid('own-rpc', fragments),
    trust: 'own-rpc',
    asOfBlock: { number, hash, time: timeOf(timestamp) },
    fragments,
  };
}
