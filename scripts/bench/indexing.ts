import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interface } from 'ethers';
import pg from 'pg';
import { Config } from '../../node/src/config/index.js';
import { createApp } from '../../node/src/create-app.js';
import { chainChecksum } from '../../node/src/indexer/chain-checksum.js';
import { Indexer } from '../../node/src/indexer/indexer.js';
import { IndexHead } from '../../node/src/indexer/index.js';
import { PG_POOL } from '../../node/src/database/index.js';
import { loadArtifacts } from '../deploy/artifacts.js';
import { type Postgres, startPostgres } from '../embedded/postgres.js';
import { rpc } from '../embedded/rpc.js';
import { type Backlog, makeBacklog } from './backlog.js';
import { against, type Measurement, median } from './result.js';

const EVENTS = 20_000;
const ROUNDS = 3;
const BLOCKS_A_CALL = 50;
const PEER = 'ethers parseLog, one INSERT a row';

/** A backlog into the node's own tables: headers checked, projections applied, one transaction with the checkpoint. */
export const indexing: Measurement = {
  names: ['index.events'],
  async run(say) {
    say(`making a backlog of ${EVENTS} events ...`);
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-bench-'));
    const [backlog, postgres] = await Promise.all([makeBacklog(EVENTS), startPostgres({ dir: join(dir, 'postgres') })]);
    try {
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        say(`round ${round + 1} of ${ROUNDS}`);
        theirs.push(await byEthers(backlog, postgres, `peer_${round}`));
        ours.push(await byTheNode(backlog, postgres, `node_${round}`, dir));
      }
      const value = median(ours);
      const note = `median of ${ROUNDS}, blocks of 50, fsync on; the peer checks no header and keeps no checkpoint`;
      return [{ name: 'index.events', value, unit: 'events/s', ...against(PEER, value, median(theirs)), note }];
    } finally {
      await backlog.chain.stop();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function byTheNode(
  { chain, consortium, events }: Backlog,
  postgres: Postgres,
  name: string,
  dir: string,
): Promise<number> {
  await postgres.createDatabase(name);
  writeFileSync(join(dir, 'deployment.json'), JSON.stringify(consortium.deployment));
  writeFileSync(join(dir, 'keys.json'), JSON.stringify(consortium.members[0]!.keys), { mode: 0o600 });
  const config = Config.fromEnvironment({
    TRADEPROOF_MEMBER: 'core',
    TRADEPROOF_ROLES: 'api', // so that indexing begins when the clock does
    TRADEPROOF_PORT: '0',
    TRADEPROOF_DATABASE_URL: postgres.url(name),
    TRADEPROOF_RPC_URLS: chain.url,
    TRADEPROOF_CHAIN_ID: String(chain.chainId),
    TRADEPROOF_DEPLOYMENT: join(dir, 'deployment.json'),
    TRADEPROOF_KEYS_FILE: join(dir, 'keys.json'),
    TRADEPROOF_EMBEDDED: 'true',
    TRADEPROOF_LOG_LEVEL: 'silent',
  });
  const app = await createApp(config);
  await app.init();
  const last = Number(await rpc<string>(chain.url, 'eth_blockNumber'));
  const started = performance.now();
  app.get(Indexer).start();
  if (!(await app.get(IndexHead).waitFor(last, 300_000))) throw new Error('the backlog was not indexed in time');
  const seconds = (performance.now() - started) / 1000;
  const orders = (await chainChecksum(app.get<pg.Pool>(PG_POOL))).find(({ table }) => table === 'chain_orders');
  await app.close();
  if (orders?.rows !== events) throw new Error(`${orders?.rows} orders indexed of ${events}`);
  return events / seconds;
}

/** The way it is usually done: a decoder object a log and a round trip a row. */
async function byEthers({ chain, consortium, events }: Backlog, postgres: Postgres, name: string): Promise<number> {
  await postgres.createDatabase(name);
  const client = new pg.Client({ connectionString: postgres.url(name) });
  await client.connect();
  await client.query(
    'CREATE TABLE orders (id text PRIMARY KEY, buyer int, supplier int, commitment text, tag text, expiry int8)',
  );
  const registry = new Interface(loadArtifacts().OrderRegistry.abi);
  const address = consortium.deployment.contracts.OrderRegistry.address;
  const last = Number(await rpc<string>(chain.url, 'eth_blockNumber'));
  const started = performance.now();
  let rows = 0;
  for (let from = consortium.deployment.startBlock; from <= last; from += BLOCKS_A_CALL) {
    const [fromBlock, toBlock] = [from, Math.min(last, from + BLOCKS_A_CALL - 1)].map((n) => `0x${n.toString(16)}`);
    const logs = await rpc<{ topics: string[]; data: string }[]>(chain.url, 'eth_getLogs', [
      { address, fromBlock, toBlock },
    ]);
    for (const log of logs) {
      const event = registry.parseLog(log);
      if (event?.name !== 'OrderPosted') continue;
      const { order, buyer, supplier, commitment, tag, expiry } = event.args.toObject();
      await client.query('INSERT INTO orders VALUES ($1, $2, $3, $4, $5, $6)', [
        order,
        Number(buyer),
        Number(supplier),
        commitment,
        tag,
        Number(expiry),
      ]);
      rows++;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  await client.end();
  if (rows !== events) throw new Error(`${rows} rows of ${events} at the peer`);
  return events / seconds;
}
