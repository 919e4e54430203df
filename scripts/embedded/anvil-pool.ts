import { rpc } from './rpc.js';

const LOOK_MS = 1_000;

interface Queued {
  readonly hash: string;
  readonly from: string;
  readonly nonce: string;
}

/**
 * Frees transactions that anvil's pool holds for ever, until the returned function is called. Beware of anvil: what
 * arrives while the transaction before it is being mined is put behind a nonce that nobody will fill any more, and sent
 * again it is "already imported". Its account's transactions are thrown out, and come again as any dropped one does.
 */
export function freeStuck(url: string): () => void {
  let before = new Set<string>();
  let looking = false;
  const look = async () => {
    const stuck = await nextInLine(url);
    const again = stuck.filter(({ hash }) => before.has(hash));
    before = new Set(stuck.map(({ hash }) => hash));
    for (const { from } of again) await rpc(url, 'anvil_removePoolTransactions', [from]);
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    // A chain that is down or busy is somebody else's to notice.
    void look()
      .catch(() => undefined)
      .finally(() => (looking = false));
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}

/** Transactions that wait for a nonce although theirs is the next that their account can use. */
async function nextInLine(url: string): Promise<Queued[]> {
  const { queued: count } = await rpc<{ queued: string }>(url, 'txpool_status');
  if (Number(count) === 0) return [];
  const { queued } = await rpc<{ queued: Record<string, Record<string, Queued>> }>(url, 'txpool_content');
  const stuck: Queued[] = [];
  for (const [from, byNonce] of Object.entries(queued)) {
    const next = await rpc<string>(url, 'eth_getTransactionCount', [from, 'latest']);
    const found = Object.values(byNonce).find(({ nonce }) => Number(nonce) === Number(next));
    if (found) stuck.push({ ...found, from });
  }
  return stuck;
}
