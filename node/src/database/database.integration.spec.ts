import { NestFactory } from '@nestjs/core';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import type pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { testConfig } from '../../../test/support/config.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { ConfigModule } from '../config/index.js';
import {
  byteaArray,
  DatabaseModule,
  deferIndexes,
  openPool,
  ownClient,
  PG_POOL,
  statement,
  UnitOfWork,
} from './index.js';
import { loadMigrations } from './load-migrations.js';
import { migrate } from './migrate.js';
import { PREPARED_POOL } from './tokens.js';

let database: TestDatabase;
let app: INestApplicationContext;
let unit: UnitOfWork;
let pool: pg.Pool;

const start = () =>
  NestFactory.createApplicationContext(
    { module: class Room {}, imports: [ConfigModule.with(testConfig({ databaseUrl: database.url })), DatabaseModule] },
    { logger: false, abortOnError: false },
  );

beforeAll(async () => {
  database = await testDatabase();
  app = await start();
  unit = app.get(UnitOfWork);
  pool = app.get<pg.Pool>(PG_POOL);
  await pool.query('CREATE TABLE t (n int)');
});
beforeEach(() => pool.query('TRUNCATE t'));
afterAll(async () => {
  await app.close();
  await database.drop();
});

const insert = (n: number) => unit.manager.query('INSERT INTO t VALUES ($1)', [n]);
const seen = async () => (await pool.query<{ n: number }>('SELECT n FROM t ORDER BY n')).rows.map((row) => row.n);
const fail = () => Promise.reject(new Error('no'));

/** Who calls it waits until `count` have. */
function meeting(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    if (++come === count) resolve();
    return promise;
  };
}

describe('a unit of work', () => {
  it('asks its connection one thing after another, whatever is asked at once', async () => {
    let [asked, most] = [0, 0];
    const numbers = await unit.run(async () => {
      const client = (await unit.manager.queryRunner!.connect()) as pg.PoolClient;
      const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
      client.query = (async (...args: unknown[]) => {
        most = Math.max(most, ++asked);
        return query(...args).finally(() => asked--);
      }) as typeof client.query;
      const all = [1, 2, 3].map((n) => unit.manager.query<{ n: number }[]>('SELECT $1::int AS n', [n]));
      const answers = await Promise.all(all).finally(() => (client.query = query as typeof client.query));
      return answers.map(([row]) => row!.n);
    });
    expect([numbers, most]).toEqual([[1, 2, 3], 1]);
  });

  it('commits all or nothing, nested units included', async () => {
    await unit.run(async () => {
      await insert(1);
      await unit.run(() => insert(2));
      expect(await seen()).toEqual([]);
    });
    expect(await seen()).toEqual([1, 2]);
    const broken = unit.run(async () => {
      await insert(3);
      await unit.run(() => insert(4));
      await fail();
    });
    await expect(broken).rejects.toThrow('no');
    expect(await seen()).toEqual([1, 2]);
  });

  it('is not seen by another that runs at the same time', async () => {
    const numbers = [1, 2, 3, 4];
    // Each reads once all have written, and none commits before all have read.
    const written = meeting(numbers.length);
    const read = meeting(numbers.length);
    await Promise.all(
      numbers.map((n) =>
        unit.run(async () => {
          await insert(n);
          await written();
          const rows = await unit.manager.query<{ n: number }[]>('SELECT n FROM t');
          await read();
          expect(rows).toEqual([{ n }]);
        }),
      ),
    );
    expect(await seen()).toEqual([1, 2, 3, 4]);
  });

  it('shows all as of one moment where that is asked for, and is refused what was changed since', async () => {
    await insert(1);
    const count = () => unit.manager.query<{ n: number }[]>('SELECT count(*)::int AS n FROM t').then(([row]) => row!.n);
    const meanwhile = async (isolation?: 'REPEATABLE READ') =>
      unit.run(async () => [await count(), await pool.query('INSERT INTO t VALUES (2)'), await count()], isolation);
    expect(await meanwhile()).toEqual([1, expect.anything(), 2]);
    expect(await meanwhile('REPEATABLE READ')).toEqual([2, expect.anything(), 2]);
    const late = unit.run(async () => {
      await count();
      await pool.query('UPDATE t SET n = 3 WHERE n = 1');
      await unit.manager.query('SELECT n FROM t WHERE n = 1 FOR UPDATE');
    }, 'REPEATABLE READ');
    await expect(late).rejects.toMatchObject({ code: '40001' });
  });

  it('undoes an attempt alone', async () => {
    const fired: string[] = [];
    await unit.run(async () => {
      await insert(1);
      const attempt = unit.attempt(async () => {
        unit.afterCommit(() => void fired.push('undone'));
        await insert(2);
        await unit.manager.query('SELECT 1 / 0');
      });
      await expect(attempt).rejects.toThrow('division');
      await unit.attempt(() => insert(3));
      unit.afterCommit(() => void fired.push('kept'));
    });
    await new Promise(setImmediate);
    expect([await seen(), fired]).toEqual([[1, 3], ['kept']]);
  });

  it('checks before it commits, once all else is done, and what an attempt undid not at all', async () => {
    const looked: number[][] = [];
    const inUnit = async () =>
      (await unit.manager.query<{ n: number }[]>('SELECT n FROM t ORDER BY n')).map(({ n }) => n);
    const look = async () => void looked.push(await inUnit(), await seen());
    await unit.run(async () => {
      await unit.attempt(() => (unit.beforeCommit(fail), fail())).catch(() => undefined);
      await unit.attempt(async () => unit.beforeCommit(look));
      await insert(1);
    });
    expect(looked).toEqual([[1], []]);
    const refused = unit.run(async () => (unit.beforeCommit(fail), insert(2)));
    await expect(refused).rejects.toThrow('no');
    expect(await seen()).toEqual([1]);
    expect(() => unit.beforeCommit(look)).toThrow('no unit');
  });

  it('fires hooks after the commit, outside of itself, and survives their failure', async () => {
    const fired: unknown[] = [];
    await unit.run(async () => {
      await insert(1);
      unit.afterCommit(async () => void fired.push((await seen()).includes(1), unit.active));
      unit.afterCommit(fail);
      unit.afterCommit(() => unit.run(() => insert(2)) as Promise<void>);
      expect(fired).toEqual([]);
    });
    await unit.onModuleDestroy();
    expect(fired).toEqual([true, false]);
    expect(await seen()).toEqual([1, 2]);
    await expect(unit.run(async () => (unit.afterCommit(() => void fired.push('never')), fail()))).rejects.toThrow(
      'no',
    );
    await unit.onModuleDestroy();
    expect(fired).toHaveLength(2);
  });
});

it('survives that a connection breaks while it is held and nothing is asked', async () => {
  const held = await pool.connect();
  const { rows } = await held.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const ended = new Promise((resolve) => held.once('end', resolve));
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
  await ended;
  await expect(held.query('SELECT 1')).rejects.toThrow('not queryable');
  held.release();
  expect(await seen()).toEqual([]);
});

it('has the server let go of whoever vanished without a word, on every connection', async () => {
  const own = ownClient({ connectionString: database.url });
  await own.connect();
  const wanted = { idle: '10', interval: '5', count: '3', user: '30000' };
  const shown = `SELECT current_setting('tcp_keepalives_idle') AS idle, current_setting('tcp_keepalives_interval') AS interval,
    current_setting('tcp_keepalives_count') AS count, current_setting('tcp_user_timeout') AS user`;
  for (const each of [own, pool, app.get<pg.Pool>(PREPARED_POOL)]) {
    expect((await each.query(shown)).rows).toEqual([wanted]);
  }
  expect(await unit.manager.query(shown)).toEqual([wanted]);
  await own.end();
});

it('lets nobody wait for a connection for ever', async () => {
  const small = openPool({ connectionString: database.url, max: 1 });
  const held = await small.connect();
  expect(small.options.connectionTimeoutMillis).toBe(30_000);
  small.options.connectionTimeoutMillis = 50;
  await expect(small.query('SELECT 1')).rejects.toThrow('timeout exceeded');
  held.release();
  await small.end();
});

describe('what is read again and again', () => {
  const ABOVE = statement('SELECT n FROM t WHERE n > $1 ORDER BY n');
  const above = (n: number) => unit.read<{ n: number }>(ABOVE, [n]);

  it('is prepared once a connection, planned once, and sees what was committed', async () => {
    await insert(1);
    for (let i = 0; i < 7; i++) expect(await above(0)).toEqual([{ n: 1 }]);
    const { rows } = await app
      .get<pg.Pool>(PREPARED_POOL)
      .query('SELECT generic_plans::int, custom_plans::int FROM pg_prepared_statements WHERE name = $1', [ABOVE.name]);
    expect(rows).toEqual([{ generic_plans: 7, custom_plans: 0 }]);
    await insert(2);
    expect(await above(1)).toEqual([{ n: 2 }]);
  });

  it('is of the unit within one', async () => {
    await unit.run(async () => {
      await insert(1);
      expect(await above(0)).toEqual([{ n: 1 }]);
    });
    await expect(unit.run(() => insert(2).then(fail))).rejects.toThrow('no');
    expect(await above(0)).toEqual([{ n: 1 }]);
  });
});

it('is migrated once by processes that start at once', async () => {
  const fresh = await testDatabase();
  const kept = database;
  database = fresh;
  const apps = await Promise.all([start(), start(), start(), start()]);
  const { rows } = await apps[0]!
    .get<pg.Pool>(PG_POOL)
    .query<{ name: string; n: string }>('SELECT name, count(*) AS n FROM migrations GROUP BY name');
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.every((row) => row.n === '1')).toBe(true);
  await Promise.all(apps.map((one) => one.close()));
  database = kept;
  await fresh.drop();
});

it('cannot be started without a database', async () => {
  const kept = database;
  database = { url: 'postgres://nobody:x@127.0.0.1:1/none', drop: () => Promise.resolve() };
  await expect(start()).rejects.toThrow('ECONNREFUSED');
  database = kept;
});

describe('an array of bytes in binary', () => {
  it.each([
    ['nothing', []],
    ['no bytes', [Buffer.alloc(0)]],
    ['several', [Buffer.from('00ff22', 'hex'), Buffer.alloc(0), Uint8Array.of(1, 2), Buffer.alloc(100_000, 0x5c)]],
  ])('is to PostgreSQL what pg writes as text: %s', async (_, items) => {
    const rows = await unit.manager.query<{ same: boolean; items: Buffer[] }[]>(
      'SELECT $1::bytea[] = $2::bytea[] AS same, $1::bytea[] AS items',
      [byteaArray(items), items],
    );
    expect(rows).toEqual([{ same: true, items: items.map((item) => Buffer.from(item)) }]);
  });
});

describe('migrations', () => {
  /** Of a release to come. */
  class Wider1999999999998 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('ALTER TABLE chain_orders ADD COLUMN wider text');
    }
    down = fail;
  }

  class Later1999999999999 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('DROP INDEX chain_orders_status');
    }
    down = fail;
  }

  it('do not keep readers waiting behind them for a table that is read for long', async () => {
    const reading = await pool.connect();
    await reading.query('BEGIN; SELECT FROM chain_orders');
    const migrations = [...(await loadMigrations()), Wider1999999999998];
    const source = await new DataSource({ type: 'postgres', url: database.url, migrations }).initialize();
    let done = false;
    const migrating = migrate(source).then(() => (done = true));
    const waiting = "SELECT FROM pg_locks WHERE relation = 'chain_orders'::regclass AND NOT granted";
    while ((await pool.query(waiting)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await pool.query('SELECT FROM chain_orders');
    expect(done).toBe(false);
    await reading.query('COMMIT');
    reading.release();
    await migrating;
    await source.destroy();
    expect((await pool.query('SELECT wider FROM chain_orders')).rowCount).toBe(0);
    await pool.query(
      'ALTER TABLE chain_orders DROP COLUMN wider; DELETE FROM migrations WHERE timestamp = 1999999999998',
    );
  });

  /** The first of them is done, whatever becomes of the others. */
  class Quick1999999999997 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('CREATE TABLE quick (n int)');
    }
    down = fail;
  }

  class Wrong1999999999999 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('ALTER TABLE there_is_none ADD COLUMN n int');
    }
    down = fail;
  }

  const withMigrations = async (...more: (new () => MigrationInterface)[]) =>
    new DataSource({
      ...{ type: 'postgres', url: database.url, migrations: [...(await loadMigrations()), ...more] },
    }).initialize();
  const done = async () =>
    (
      await pool.query<{ name: string }>(
        'SELECT name FROM migrations WHERE timestamp > 1999999999990 ORDER BY timestamp',
      )
    ).rows.map(({ name }) => name);
  const undo = () =>
    pool.query(`DROP TABLE quick; ALTER TABLE chain_orders DROP COLUMN IF EXISTS wider;
      DELETE FROM migrations WHERE timestamp > 1999999999990`);

  it('say which of them waits, again and again, and keep what those before it did', async () => {
    const told: unknown[] = [];
    Logger.overrideLogger({
      ...{ log: () => undefined, error: () => undefined },
      warn: (facts: unknown) => void told.push(facts),
    });
    const source = await withMigrations(Quick1999999999997, Wider1999999999998);
    const reading = await pool.connect();
    let migrating: Promise<void> | undefined;
    try {
      await reading.query('BEGIN; SELECT FROM chain_orders');
      migrating = migrate(source);
      while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
      const why = { message: 'canceling statement due to lock timeout' };
      const waits = { migration: 'Wider1999999999998', err: expect.objectContaining(why) };
      expect(told.slice(0, 2)).toEqual([waits, waits]);
      expect(await done()).toEqual(['Quick1999999999997']);
    } finally {
      await reading.query('COMMIT');
      reading.release();
      await migrating;
      Logger.overrideLogger(false);
    }
    expect(await done()).toEqual(['Quick1999999999997', 'Wider1999999999998']);
    await source.destroy();
    await undo();
  });

  it('that wait for a table keep nobody waiting who has others to do, or none, as the release before', async () => {
    const source = await withMigrations(Wider1999999999998);
    const reading = await pool.connect();
    let migrating: Promise<void> | undefined;
    try {
      await reading.query('BEGIN; SELECT FROM chain_orders');
      migrating = migrate(source);
      const waits = "SELECT FROM pg_locks WHERE relation = 'chain_orders'::regclass AND NOT granted";
      while ((await pool.query(waits)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const more of [[], [Quick1999999999997]]) {
        const other = await withMigrations(...more);
        await migrate(other);
        await other.destroy();
      }
      expect(await done()).toEqual(['Quick1999999999997']);
    } finally {
      await reading.query('COMMIT');
      reading.release();
      await migrating;
    }
    await source.destroy();
    await undo();
  });

  it('that fail end the start with their own words, and hold up no other process', async () => {
    const source = await withMigrations(Quick1999999999997, Wrong1999999999999);
    await expect(migrate(source)).rejects.toThrow('relation "there_is_none" does not exist');
    expect(await done()).toEqual(['Quick1999999999997']);
    const locks = `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory' AND d.datname = current_database()`;
    expect((await pool.query(locks)).rowCount).toBe(0);
    // The connection goes back to the pool as it was.
    expect(await source.query('SHOW lock_timeout')).toEqual([{ lock_timeout: '0' }]);
    await source.destroy();
    const next = await withMigrations(Quick1999999999997);
    await migrate(next);
    await next.destroy();
    await undo();
  });

  it('find the indexes that a backlog has put off', async () => {
    const indexes = async () =>
      (
        await pool.query<{ name: string }>("SELECT indexname AS name FROM pg_indexes WHERE tablename LIKE 'chain\\_%'")
      ).rows
        .map(({ name }) => name)
        .sort();
    const before = await indexes();
    const client = await pool.connect();
    await client.query('BEGIN');
    await deferIndexes(client);
    await client.query('COMMIT');
    client.release();
    expect(await indexes()).not.toContain('chain_orders_status');
    // As in a database that was restored from a backup of meanwhile: it is there, and noted.
    const { rows } = await pool.query<{ definition: string }>(
      "SELECT definition FROM deferred_indexes WHERE name = 'chain_orders_buyer'",
    );
    await pool.query(rows[0]!.definition);
    const migrations = [...(await loadMigrations()), Later1999999999999];
    const source = await new DataSource({ type: 'postgres', url: database.url, migrations }).initialize();
    await migrate(source);
    await source.destroy();
    expect(await indexes()).toEqual(before.filter((name) => name !== 'chain_orders_status'));
  });
});
