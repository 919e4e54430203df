import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../../../scripts/embedded/postgres.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { openPool, ownClient } from './open-pool.js';
import { closeWhenSilent } from './silent-server.js';
import { silentProxy, type SilentProxy } from './testing/silent-proxy.js';

let database: TestDatabase;
let proxy: SilentProxy;

beforeAll(async () => {
  database = await testDatabase();
  proxy = await silentProxy(database.url);
});
afterEach(() => proxy.silence(false));
afterAll(async () => {
  await proxy.close();
  await database.drop();
});

const show = async (client: pg.ClientBase | pg.Pool, name: string) =>
  Object.values((await client.query<Record<string, string>>(`SHOW ${name}`)).rows[0]!)[0];

it('keeps options of the URL and those given beside it', async () => {
  const url = new URL(database.url);
  url.searchParams.set('options', '-c work_mem=5MB -c statement_timeout=7s');
  const pool = openPool({ connectionString: url.href, options: '-c search_path=elsewhere', max: 1 });
  const shown = ['work_mem', 'statement_timeout', 'search_path', 'tcp_keepalives_idle'].map((name) => show(pool, name));
  expect(await Promise.all(shown)).toEqual(['5MB', '7s', 'elsewhere', '10']);
  await pool.end();
});

describe('a host that is gone without a word', () => {
  const patience = { everyMs: 100, answerMs: 200 };
  /** For what is there: a busy machine may take seconds to say so. */
  const more = { everyMs: 100, answerMs: 3_000 };
  const through = async () => {
    const client = ownClient({ connectionString: proxy.url });
    await client.connect();
    return client;
  };

  it('ends the statement that waits for it', async () => {
    const client = await through();
    closeWhenSilent(client, patience);
    proxy.silence(true);
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('is told from a statement that takes long', async () => {
    const client = await through();
    closeWhenSilent(client, more);
    expect((await client.query('SELECT 1 AS one FROM pg_sleep(4)')).rows).toEqual([{ one: 1 }]);
    await client.end();
  });

  it('is told from one that answers nobody new and says something now and then', async () => {
    const client = await through();
    closeWhenSilent(client, more);
    proxy.silenceNew(true);
    try {
      const told = `DO $$ BEGIN FOR i IN 1..40 LOOP RAISE NOTICE 'here'; PERFORM pg_sleep(0.15); END LOOP; END $$`;
      await client.query(told);
    } finally {
      proxy.silenceNew(false);
    }
    await client.end();
  });

  it('is noticed by whatever is connected', async () => {
    const pool = openPool({ connectionString: proxy.url, max: 1 });
    const client = await pool.connect();
    proxy.silence(true);
    const began = performance.now();
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(performance.now() - began).toBeLessThan(45_000);
    client.release();
    await pool.end();
  });

  it('holds up no farewell', async () => {
    const [client, pool] = [await through(), openPool({ connectionString: proxy.url, max: 1 })];
    await pool.query('SELECT 1');
    proxy.silence(true);
    const ended = once(client, 'end');
    await Promise.all([client.end(), pool.end()]);
    await ended;
  });
});

it('whoever was told that nothing can be written has another connection next', async () => {
  const pool = openPool({ connectionString: database.url, max: 1 });
  await pool.query('CREATE TABLE t (n int)');
  const client = await pool.connect();
  await client.query('SET default_transaction_read_only = on');
  await expect(client.query('INSERT INTO t VALUES (1)')).rejects.toMatchObject({ code: '25006' });
  client.release();
  await pool.query('INSERT INTO t VALUES (1)');
  await pool.end();
});

it('is not connected to a standby', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'standby-'));
  try {
    const primary = await startPostgres({ dir, settings: { fsync: 'off' } });
    await primary.stop();
    writeFileSync(join(dir, 'data', 'standby.signal'), '');
    const standby = await startPostgres({ dir, settings: { fsync: 'off' } });
    const connectionString = standby.url('postgres');
    const plain = new pg.Client({ connectionString });
    await plain.connect();
    expect((await plain.query('SELECT pg_is_in_recovery() AS yes')).rows).toEqual([{ yes: true }]);
    const pool = openPool({ connectionString, max: 1 });
    for (const _ of [1, 2]) await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: '57P03' });
    await expect(ownClient({ connectionString }).connect()).rejects.toThrow('the database is a standby');
    await plain.query('SELECT pg_promote()');
    while (!(await pool.query('SELECT 1').catch(() => undefined))) await sleep(50);
    await plain.end();
    await pool.end();
    await standby.stop();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
