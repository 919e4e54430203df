import { rpc } from '../../../scripts/embedded/rpc.js';
import type { RunningConsortium } from '../../support/running-consortium.js';
import { checksums, sql } from './sql.js';

const PATIENCE_MS = 120_000;

/** Repeats `look` until it answers without throwing; throws its last error when that takes too long. */
export async function until<T>(look: () => Promise<T>, patience = PATIENCE_MS): Promise<T> {
  for (const end = Date.now() + patience; ;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

const ON_ITS_WAY = `
  SELECT concat_ws(' ', 'submission', id, act, status, nonce, 'signed', updated_at, 'sent', sent_at) AS what
  FROM submissions WHERE status IN ('QUEUED', 'SENT')
  UNION ALL
  SELECT concat_ws(' ', 'letter', id, status) FROM exchange_outbox WHERE status IN ('WAITING', 'READY')`;

/** Resolves when every node is ready, nothing is on its way any more, and all have derived the same from the chain. */
export async function settled(consortium: RunningConsortium): Promise<void> {
  const names = consortium.file.members.map(({ name }) => name);
  await until(async () => {
    for (const name of names) {
      const { status, body } = await consortium.member(name).get('/ready');
      if (status !== 200) throw new Error(`${name} is not ready: ${JSON.stringify(body)}`);
      const open = await sql<{ what: string }>(consortium, name, ON_ITS_WAY);
      if (open.length > 0) throw new Error(`${name} still has ${open.map(({ what }) => what).join('; ')}`);
    }
    const [first, ...others] = await Promise.all(names.map((name) => checksums(consortium, name)));
    for (const [i, other] of others.entries()) {
      const differing = first!.filter(({ sha256 }, t) => sha256 !== other[t]!.sha256).map(({ table }) => table);
      if (differing.length > 0) throw new Error(`${names[0]} and ${names[i + 1]} differ in ${differing.join(', ')}`);
    }
  });
}

export interface Block {
  readonly number: number;
  readonly hash: string;
}

/** A block of the chain; undefined when it has none of this number. */
export async function blockAt(consortium: RunningConsortium, number: number | 'latest'): Promise<Block | undefined> {
  const at = number === 'latest' ? number : `0x${number.toString(16)}`;
  const url = consortium.file.rpcUrl;
  const found = await rpc<{ number: string; hash: string } | null>(url, 'eth_getBlockByNumber', [at, false]);
  return found ? { number: Number(found.number), hash: found.hash } : undefined;
}
