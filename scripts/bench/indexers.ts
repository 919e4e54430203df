import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { id } from 'ethers';
import { DataSource } from 'typeorm';
import { loadMigrations } from '../../node/src/database/load-migrations.js';
import { NODE_FLAGS } from '../consortium/node.js';
import { type Postgres, startPostgres } from '../embedded/postgres.js';
import { rpc } from '../embedded/rpc.js';
import { type Backlog, makeBacklog } from './backlog.js';
import { runPeer } from './peers.js';

const TOPIC = id('OrderPosted(bytes32,uint32,uint32,bytes32,bytes32,uint40)');
const INDEX_BACKLOG = fileURLToPath(new URL('./index-backlog.js', import.meta.url));
/** Where Ponder's tables and what it keeps of the chain are: its cache is looked for by the next run. */
export const PONDER_DATABASE = 'ponder';

/** A backlog that nobody has indexed, and a PostgreSQL to index it into, with fsync on. */
export interface Bench {
  readonly backlog: Backlog;
  readonly postgres: Postgres;
  readonly dir: string;
}

export async function withBench<T>(events: number, perBlock: number, work: (bench: Bench) => Promise<T>): Promise<T> {
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

/** Events a second into the node's own tables, in a database of that name: the clock begins when indexing does. */
export async function byTheNode({ backlog, postgres, dir }: Bench, name: string): Promise<number> {
  const { chain, consortium, events } = backlog;
  await postgres.createDatabase(name);
  writeFileSync(join(dir, 'deployment.json'), JSON.stringify(consortium.deployment));
  writeFileSync(join(dir, 'keys.json'), JSON.stringify(consortium.members[0]!.keys), { mode: 0o600 });
  const env = {
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
  };
  const args = [...NODE_FLAGS, INDEX_BACKLOG, String(await lastBlock(chain.url))];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  const { ms } = JSON.parse(stdout) as { ms: number };
  return (events * 1000) / ms;
}

/** Events a second of SQD's processor into a table of the same columns and indexes. */
export async function bySqd(bench: Bench, name: string): Promise<number> {
  const { backlog, postgres } = bench;
  await postgres.createDatabase(name);
  const source = await new DataSource({
    type: 'postgres',
    url: postgres.url(name),
    migrations: await loadMigrations(),
  }).initialize();
  await source.runMigrations();
  await source.destroy();
  const file = await writeTask(bench);
  const { ms } = await runPeer<{ ms: number }>('sqd/main.js', [file], { DB_URL: postgres.url(name) });
  return (backlog.events * 1000) / ms;
}

/**
 * Events a second of Ponder into a table of the same columns and indexes, in a schema of that name. Its first run also
 * fetches the chain, at a rate that it limits itself, into a cache from which all later ones are warm.
 */
export async function byPonder(bench: Bench, schema: string): Promise<number> {
  const { backlog, postgres } = bench;
  await postgres.createDatabase(PONDER_DATABASE);
  const env = { DATABASE_URL: postgres.url(PONDER_DATABASE) };
  const { ms } = await runPeer<{ ms: number }>('ponder/main.mjs', [await writeTask(bench), schema], env);
  return (backlog.events * 1000) / ms;
}

/** What a peer is to do, in a file. */
async function writeTask({ backlog, dir }: Bench): Promise<string> {
  const { chain, consortium } = backlog;
  const file = join(dir, 'task.json');
  const { address } = consortium.deployment.contracts.OrderRegistry;
  const from = consortium.deployment.startBlock;
  const to = await lastBlock(chain.url);
  writeFileSync(file, JSON.stringify({ rpcUrl: chain.url, chainId: chain.chainId, address, topic: TOPIC, from, to }));
  return file;
}

const lastBlock = async (url: string): Promise<number> => Number(await rpc<string>(url, 'eth_blockNumber'));
