import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { BenchNodes } from './nodes.js';

const [LOOK_MS, WITHIN_MS] = [20, 120_000];
const NOT_DELIVERED = `SELECT EXISTS (SELECT FROM exchange_outbox WHERE status = 'WAITING') OR EXISTS (SELECT FROM exchange_outbox WHERE status = 'READY') AS on,
  EXISTS (SELECT FROM exchange_outbox WHERE status = 'SET_ASIDE') AS aside`;

/** Resolves once all that the member's node has to send is with whom it is for. Letters go out when what they are about is on chain, and so after it. */
export async function allDelivered(nodes: BenchNodes, member: string): Promise<void> {
  const client = new pg.Client({ connectionString: nodes.databaseUrl(member) });
  await client.connect();
  try {
    for (const until = Date.now() + WITHIN_MS; Date.now() < until; await sleep(LOOK_MS)) {
      const { on, aside } = (await client.query<{ on: boolean; aside: boolean }>(NOT_DELIVERED)).rows[0]!;
      if (aside) throw new Error(`letters of ${member} were not taken`);
      if (!on) return;
    }
    throw new Error(`letters of ${member} are still on their way`);
  } finally {
    await client.end();
  }
}
