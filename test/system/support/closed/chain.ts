import type { PublicBytes } from '../leaks/scan-chain.js';

/** What each transaction made public, its logs and sender included, by its hash. */
export function byTransaction(published: readonly PublicBytes[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { where, hex } of published) {
    const hash = /0x[0-9a-f]{64}$/.exec(where)?.[0];
    if (hash && !where.startsWith('storage')) found.set(hash, `${found.get(hash) ?? ''} ${hex}`);
  }
  return found;
}

/** Transactions that mention any of these ids or accounts. */
export function mentioning(transactions: ReadonlyMap<string, string>, things: readonly string[]): Map<string, string> {
  const wanted = things.map((thing) => thing.replace(/^0x/, '').toLowerCase());
  return new Map([...transactions].filter(([, hex]) => wanted.some((each) => hex.includes(each))));
}
