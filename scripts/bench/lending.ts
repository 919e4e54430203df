import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Answer, eventually } from '../demo/client.js';
import { load, type Load } from './load.js';
import { BenchNodes } from './nodes.js';
import { inParallel, order } from './orders.js';
import { startPeer } from './peers.js';
import { against, type Measurement, median, spread } from './result.js';
import { consentSamples } from './verifying.js';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 16;
/** Calls a second of a bank that has more to do than to ask. */
const PACE = 50;
const ORDERS = 200;
const ROWS = 100_000;
const PEER = 'Nest on Express, findOneBy, ethers';

/** What a bank is shown for a credit decision without the other owner's word. */
const GRANTED = ['/amount', '/currency', '/lines/*/quantity'];
const A_DAY_MS = 86_400_000;

/**
 * An order's verdict over REST, authenticated, at a bank that was granted fields of it: slots proven by the chain, grant looked at, copy
 * opened, the look written down before the answer leaves and told to the owners.
 */
export const lending: Measurement = {
  names: ['lender.call', 'lender.p99', 'lender.paced'],
  async run(say) {
    say('starting a node ...');
    const nodes = await BenchNodes.start(['core', 'supplier-1', 'bank-a']);
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-bench-'));
    try {
      say(`granting fields of ${ORDERS} orders ...`);
      const bank = nodes.member('bank-a').member;
      const ids = await inParallel(Array.from({ length: ORDERS }), 16, () => grantedOrder(nodes));
      const urls = ids.map((id) => `${bank.url}${verdictOf(id)}`);
      const peer = await startNaive(nodes, dir);
      const headers = { authorization: `Bearer ${bank.apiKey}` };
      const [ours, theirs, paced, theirsPaced]: Load[][] = [[], [], [], []];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        await untilTold(nodes);
        theirs!.push(await measured(peer.urls, peer.headers));
        ours!.push(await measured(urls, headers));
        await untilTold(nodes);
        theirsPaced!.push(await measured(peer.urls, peer.headers, PACE));
        paced!.push(await measured(urls, headers, PACE));
      }
      peer.child.disconnect();
      const rates = ours!.map(({ perSecond }) => perSecond);
      const value = median(rates);
      const how = `${CONNECTIONS} connections, ${ROWS} rows beside; ours, at a bank that was granted fields, checks the chain's own proofs and logs the look at each call, the peer neither; ${spread(rates)}`;
      const p50 = (loads: readonly Load[]) => median(loads.map((each) => each.p50)).toFixed(1);
      const half = `the 99th percentile of ${PACE} calls a second; median ${p50(paced!)} ms, the peer's ${p50(theirsPaced!)}`;
      const latency = (mine: readonly Load[], other: readonly Load[]) => {
        const [value, peerValue] = [median(mine.map(({ p99 }) => p99)), median(other.map(({ p99 }) => p99))];
        return { value, unit: 'ms', peer: PEER, peerValue, ratio: peerValue / value };
      };
      return [
        {
          name: 'lender.call',
          value,
          unit: 'calls/s',
          ...against(PEER, value, median(theirs!.map(({ perSecond }) => perSecond))),
          floor: 12,
          note: how,
        },
        { name: 'lender.p99', ...latency(ours!, theirs!), floor: 10 },
        {
          name: 'lender.paced',
          ...latency(paced!, theirsPaced!),
          note: half,
        },
      ];
    } finally {
      await nodes.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

const verdictOf = (order: string) => `/v1/orders/${order}/verification`;

/** An order that the buyer posted, and of which bank-a's node has what it was granted. */
async function grantedOrder(nodes: BenchNodes): Promise<string> {
  const [core, bank] = [nodes.member('core'), nodes.member('bank-a')];
  const posted = await core.call('POST', '/v1/orders?supplier=supplier-1', { body: order(), wait: 20 });
  const id = String(posted.body['id']);
  const until = new Date(Date.now() + A_DAY_MS).toISOString();
  const terms = { grantee: 'bank-a', resource: { order: id }, fields: GRANTED, purpose: 'CREDIT_DECISION', until };
  await core.call('POST', '/v1/grants', { body: terms, wait: 20 });
  const answer = await eventually(() => bank.get(verdictOf(id)), showsValue);
  if (!showsValue(answer)) throw new Error(`bank-a is not shown the value of ${id}: ${JSON.stringify(answer.body)}`);
  return id;
}

/** What the verdict says of cover it has of the copy alone. */
function showsValue({ body }: Answer): boolean {
  const fragments = (body['fragments'] ?? []) as readonly { readonly kind: string; readonly status: string }[];
  return fragments.some(({ kind, status }) => kind === 'COVER' && status === 'VALID');
}

/** Until the owners know of all looks so far: the peer's turn is its own. */
async function untilTold(nodes: BenchNodes): Promise<void> {
  const client = new pg.Client({ connectionString: nodes.databaseUrl('bank-a') });
  await client.connect();
  const untold = `SELECT FROM looks_to_report UNION ALL SELECT FROM exchange_outbox WHERE status = 'READY' LIMIT 1`;
  while ((await client.query(untold)).rows.length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
  await client.end();
}

async function measured(urls: readonly string[], headers: Record<string, string>, pace?: number): Promise<Load> {
  const result = await load({ urls, headers, connections: CONNECTIONS, seconds: SECONDS, pace });
  if (result.failures > 0) throw new Error(`${result.failures} calls were not answered with 200`);
  return result;
}

/** The peer with its rows, in the same PostgreSQL. */
async function startNaive({ postgres }: BenchNodes, dir: string) {
  await postgres.createDatabase('naive');
  const client = new pg.Client({ connectionString: postgres.url('naive') });
  await client.connect();
  const { samples, domain, types } = await consentSamples();
  const apiKey = randomBytes(32).toString('base64url');
  await client.query(`
    CREATE TABLE lender_keys (hash text PRIMARY KEY, name text NOT NULL);
    CREATE TABLE lender_orders (
      id text PRIMARY KEY, status text NOT NULL, signer text NOT NULL, root text NOT NULL, consent jsonb NOT NULL, disclosure jsonb NOT NULL
    )`);
  const hash = createHash('sha256').update(apiKey).digest('hex');
  await client.query('INSERT INTO lender_keys VALUES ($1, $2)', [hash, 'bench']);
  const ids = samples.map(() => randomBytes(32).toString('hex'));
  for (const [i, { consent, signer, root, disclosure }] of samples.entries())
    await client.query(`INSERT INTO lender_orders VALUES ($1, 'POSTED', $2, $3, $4, $5)`, [
      ids[i],
      signer,
      root,
      JSON.stringify(consent),
      JSON.stringify(disclosure),
    ]);
  await client.query(
    `INSERT INTO lender_orders SELECT md5(n::text), status, signer, root, consent, disclosure
     FROM generate_series(1, $1) n, (SELECT * FROM lender_orders LIMIT 1) one`,
    [ROWS],
  );
  await client.end();
  const file = join(dir, 'naive.json');
  writeFileSync(file, JSON.stringify({ domain, types }));
  const { port, child } = await startPeer('lender.mjs', [postgres.url('naive'), file]);
  const urls = ids.map((id) => `http://127.0.0.1:${port}/orders/${id}/verification`);
  return { urls, headers: { authorization: `Bearer ${apiKey}` }, child };
}
