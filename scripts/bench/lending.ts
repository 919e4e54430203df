import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { load, type Load } from './load.js';
import { BenchNodes } from './nodes.js';
import { inParallel, order } from './orders.js';
import { startPeer } from './peers.js';
import { against, type Measurement, median, spread } from './result.js';
import { consentSamples } from './verifying.js';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 16;
const ORDERS = 200;
const ROWS = 100_000;
const PEER = 'Nest on Express, findOneBy, ethers';

/** One order's verdict over REST, authenticated: slots proven by the chain, document opened, log rebuilt. */
export const lending: Measurement = {
  names: ['lender.call', 'lender.p99'],
  async run(say) {
    say('starting a node ...');
    const nodes = await BenchNodes.start(['core', 'supplier-1']);
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-bench-'));
    try {
      const core = nodes.member('core');
      const post = () => core.call('POST', '/v1/orders?supplier=supplier-1', { body: order(), wait: 20 });
      const made = await inParallel(Array.from({ length: ORDERS }), 16, post);
      const urls = made.map(({ body }) => `${core.member.url}/v1/orders/${String(body['id'])}/verification`);
      const peer = await startNaive(nodes, dir);
      const headers = { authorization: `Bearer ${core.member.apiKey}` };
      const [ours, theirs]: Load[][] = [[], []];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        theirs!.push(await measured(peer.urls, peer.headers));
        ours!.push(await measured(urls, headers));
      }
      peer.child.disconnect();
      const rates = ours!.map(({ perSecond }) => perSecond);
      const value = median(rates);
      const how = `${CONNECTIONS} connections, ${ROWS} rows beside; ours fetches and checks the chain's own proofs at each call, the peer none; ${spread(rates)}`;
      const peerP99 = median(theirs!.map(({ p99 }) => p99));
      const p99 = median(ours!.map((each) => each.p99));
      return [
        {
          name: 'lender.call',
          value,
          unit: 'calls/s',
          ...against(PEER, value, median(theirs!.map(({ perSecond }) => perSecond))),
          floor: 12,
          note: how,
        },
        { name: 'lender.p99', value: p99, unit: 'ms', peer: PEER, peerValue: peerP99, ratio: peerP99 / p99, floor: 10 },
      ];
    } finally {
      await nodes.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function measured(urls: readonly string[], headers: Record<string, string>): Promise<Load> {
  const result = await load({ urls, headers, connections: CONNECTIONS, seconds: SECONDS });
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
