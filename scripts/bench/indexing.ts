import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { id } from 'ethers';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '../../node/src/config/index.js';
import { createApp } from '../../node/src/create-app.js';
import { loadMigrations } from '../../node/src/database/load-migrations.js';
import { IndexHead } from '../../node/src/indexer/index.js';
import { Indexer } from '../../node/src/indexer/indexer.js';
import { type Postgres, startPostgres } from '../embedded/postgres.js';
import { rpc } from '../embedded/rpc.js';
import { type Backlog, makeBacklog } from './backlog.js';
import { runPeer } from './peers.js';
import { against, type Measurement, median, spread } from './result.js';

const EVENTS = 100_000;
const ROUNDS = 3;
const MILLION = 1_000_000;
const TOPIC = id('OrderPosted(bytes32,uint32,uint32,bytes32,bytes32,uint40)');

interface Bench {
  readonly backlog: Backlog;
  readonly postgres: Postgres;
  readonly dir: string;
}

/** A backlog into the node's own tables: headers checked, projections applied, one transaction with the checkpoint. */
export const indexing: Measurement = {
  names: ['index.sqd'],
  async run(say) {
    say(`making a backlog of ${EVENTS} events ...`);
    return withBench(EVENTS, 50, async (bench) => {
      const [ours, theirs]: number[][] = [[], []];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        theirs!.push(await bySqd(bench, `sqd_${round}`));
        ours!.push(await byTheNode(bench, `node_${round}`));
        await requireEqual(bench.postgres, [`sqd_${round}`, `node_${round}`]);
      }
      const value = median(ours!);
      const note = `${EVENTS} events, blocks of 50, fsync on, orders' rows equal by hash; ours keeps each event and checks headers beside; ${spread(ours!)}`;
      return [
        { name: 'index.sqd', value, unit: 'events/s', ...against('SQD 1.27', value, median(theirs!)), floor: 4, note },
      ];
    });
  },
};

/** Everything that a node derives from the chain, from nothing. */
export const rebuilding: Measurement = {
  names: ['rebuild.million'],
  async run(say) {
    say('making a backlog of a million events ...');
    return withBench(MILLION, 500, async (bench) => {
      say('indexing it ...');
      const value = MILLION / (await byTheNode(bench, 'node'));
      const note = 'blocks of 500, once, fsync on';
      return [{ name: 'rebuild.million', value, unit: 's', floor: 15, note }];
    });
  },
};

async function withBench<T>(events: number, perBlock: number, work: (bench: Bench) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'tradeproof-bench-'));
  const [backlog, postgres] = await Promise.all([
    makeBacklog(events, perBlock),
    startPostgres({ dir: join(dir, 'postgres') }),
  ]);
  try {
    return await work({ backlog, postgres, dir });
  } finally {
    await backlog.chain.stop();
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Events a second. */
async function byTheNode({ backlog, postgres, dir }: Bench, name: string): Promise<number> {
  const { chain, consortium, events } = backlog;
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
  const last = await lastBlock(chain.url);
  const started = performance.now();
  app.get(Indexer).start();
  if (!(await app.get(IndexHead).waitFor(last, 600_000))) throw new Error('the backlog was not indexed in time');
  const seconds = (performance.now() - started) / 1000;
  await app.close();
  const { rows } = await contentOf(postgres, name);
  if (rows !== events) throw new Error(`${rows} orders indexed of ${events}`);
  return events / seconds;
}

/** Events a second of SQD's processor into a table of the same columns and indexes. */
async function bySqd({ backlog, postgres, dir }: Bench, name: string): Promise<number> {
  const { chain, consortium, events } = backlog;
  await postgres.createDatabase(name);
  const source = await new DataSource({
    type: 'postgres',
    url: postgres.url(name),
    migrations: await loadMigrations(),
  }).initialize();
  await source.runMigrations();
  await source.destroy();
  const file = join(dir, 'sqd.json');
  const { address } = consortium.deployment.contracts.OrderRegistry;
  const to = await lastBlock(chain.url);
  const from = consortium.deployment.startBlock;
  writeFileSync(file, JSON.stringify({ rpcUrl: chain.url, address, topic: TOPIC, from, to }));
  const { ms } = await runPeer<{ ms: number }>('sqd/main.js', [file], { DB_URL: postgres.url(name) });
  return (events * 1000) / ms;
}

const lastBlock = async (url: string): Promise<number> => Number(await rpc<string>(url, 'eth_blockNumber'));

async function contentOf(postgres: Postgres, name: string): Promise<{ rows: number; hash: string }> {
  const client = new pg.Client({ connectionString: postgres.url(name) });
  await client.connect();
  const { rows } = await client.query<{ rows: string; hash: string }>(
    `SELECT count(*) AS rows, sum(hashtextextended(o::text, 0)::numeric)::text AS hash FROM chain_orders o`,
  );
  await client.end();
  return { rows: Number(rows[0]!.rows), hash: rows[0]!.hash };
}

async function requireEqual(postgres: Postgres, names: readonly string[]): Promise<void> {
  const contents = await Promise.all(names.map((name) => contentOf(postgres, name)));
  if (new Set(contents.map(({ hash }) => hash)).size !== 1)
    throw new Error(`not the same rows: ${JSON.stringify(contents)}`);
}
