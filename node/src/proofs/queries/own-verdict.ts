import type { BlockRef } from '../../indexer/index.js';
import { FRAGMENT_KINDS, type Fragment, isValid, skipped, type Verdict } from '../verify/fragment.js';

/** The verdict of a node that asked its own endpoint: FINALITY is not checked and not required. */
export function ownVerdict({ number, hash, timestamp }: BlockRef, judged: readonly Fragment[]): Verdict {
  const finality = skipped('FINALITY', 'OWN_RPC', 'This node trusts its own endpoint for which blocks are final.');
  const place = ({ kind }: Fragment) => FRAGMENT_KINDS.indexOf(kind);
  const fragments = [...judged, finality].sort((a, b) => place(a) - place(b));
  return {
    valid: isValid('own-rpc', fragments),
    trust: 'own-rpc',
    asOfBlock: { number, hash, time: new Date(timestamp * 1000).toISOString() },
    fragments,
  };
}
