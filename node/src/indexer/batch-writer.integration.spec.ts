import { setTimeout } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type pg from 'pg';
import { Indexer1795385500001 } from '../../migrations/1795385500001-indexer.js';
import { Following1795900000001 } from '../../migrations/1795900000001-following.js';
import { IndexBeforeARebuild1795913000001 } from '../../migrations/1795913000001-index-before-a-rebuild.js';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { NO_BATCH, openPool, ownClient } from '../database/index.js';
import type { Hex } from '../kernel/hex.js';
import type { Batch } from './batch.js';
import { BatchWriter } from './batch-writer.js';
import { CheckpointMoved, moveCheckpoint, NOTHING, readCheckpoint } from './checkpoint.js';
import { defineChainTable } from './chain-table.js';
import { copied } from './copy-in.js';
import type { BlockRef } from './index-head.js';

type Thing = Readonly<Record<'id' | 'value', number>>;

const table = defineChainTable<Thing>({ name: 'chain_things', key: ['id'], columns: { id: 'int4', value: 'int4' } });

let database: TestDatabase;
let pool: pg.Pool;
let own: pg.Client;
let writer: BatchWriter;
beforeEach(async () => {
  database = await testDatabase();
  const migrations = [Indexer1795385500001, Following1795900000001, IndexBeforeARebuild1795913000001];
  const source = await new DataSource({ type: 'postgres', url: database.url, migrations }).initialize();
  await source.runMigrations();
  await source.query('CREATE TABLE chain_things (id int4 PRIMARY KEY, value int4 NOT NULL)');
  await source.destroy();
  pool = openPool({ connectionString: database.url, max: 2 });
  own = ownClient({ connectionString: database.url });
  await own.connect();
  writer = new BatchWriter(own, pool);
});
afterEach(async () => {
  await own.end();
  await pool.end();
  await database.drop();
});

const block = (number: number): BlockRef =>
  number < 0 ? NOTHING : { number, hash: `0x${number.toString(16).padStart(64, '0')}` as Hex, timestamp: number };

/** What block `to` did: things that it made, and things that it changed. */
function batch(to: number, inserts: readonly Thing[], updates: readonly Thing[] = []): Batch {
  return {
    after: block(to - 1),
    to: block(to),
    events: Buffer.alloc(0),
    eventCount: 0,
    outcome: Promise.resolve({
      changes: [{ table, inserts: copied(table.columns, inserts), updates }],
      undo: Buffer.alloc(0),
    }),
    blocks: [block(to)],
    keepFrom: 0,
  };
}

const many = (from: number): Thing[] => Array.from({ length: 20_000 }, (_, i) => ({ id: from + i, value: 0 }));
const head = async () => (await readCheckpoint(pool)).number;
const things = async () =>
  Number((await pool.query<{ n: string }>('SELECT count(*) AS n FROM chain_things')).rows[0]!.n);

describe('BatchWriter', () => {
  it('commits in order what it takes in at once, each with the changes of what the one before made', async () => {
    const heads: number[] = [];
    // The second is smaller: alone it would be done first.
    await writer.write(batch(0, many(0)));
    await writer.write(batch(1, [{ id: -1, value: 0 }], [{ id: 7, value: 1 }]));
    for (let to = 2; to < 9; to++) {
      await writer.write(batch(to, [{ id: -to, value: 0 }], [{ id: 7, value: to }]));
      heads.push(await head());
    }
    await writer.settle();
    expect(await head()).toBe(8);
    expect(heads).toEqual([...heads].sort((a, b) => a - b));
    expect(heads[0]).toBeGreaterThanOrEqual(0);
    expect(await things()).toBe(20_008);
    const { rows } = await pool.query('SELECT value FROM chain_things WHERE id = 7');
    expect(rows).toEqual([{ value: 8 }]);
  });

  it('writes nothing of what follows a batch that failed', async () => {
    await writer.write(batch(0, [{ id: 1, value: 0 }]));
    await writer.write(batch(1, [...many(10), { id: 1, value: 0 }]));
    await writer.write(batch(2, [{ id: 2, value: 0 }]));
    await expect(writer.settle()).rejects.toThrow('duplicate key');
    await expect(writer.write(batch(3, []))).rejects.toThrow('duplicate key');
    expect(await head()).toBe(0);
    expect(await things()).toBe(1);
  });

  it('writes nothing beside the connection of the leader once that one is gone', async () => {
    const { rows } = await own.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const reader = await pool.connect();
    await reader.query('BEGIN; LOCK TABLE chain_things IN SHARE MODE');
    await writer.write(batch(0, [{ id: 1, value: 0 }]));
    await writer.write(batch(1, [{ id: -1, value: 0 }]));
    await reader.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
    await reader.query('COMMIT');
    reader.release();
    await expect(writer.settle()).rejects.toThrow();
    await writer.ended();
    expect(await head()).toBe(-1);
    expect(await things()).toBe(0);
  });

  it('waits for what changes the tables, and holds it up no more than it must', async () => {
    const migration = await pool.connect();
    await migration.query(`BEGIN; ${NO_BATCH}`);
    await writer.write(batch(0, [{ id: 1, value: 0 }]));
    await setTimeout(50);
    await migration.query('ALTER TABLE chain_things ADD COLUMN other int4');
    await migration.query('COMMIT');
    migration.release();
    await writer.settle();
    expect(await head()).toBe(0);
  });

  it('writes nothing when somebody else moved the checkpoint', async () => {
    await writer.write(batch(0, many(0)));
    await writer.write(batch(1, [{ id: -1, value: 0 }]));
    await writer.settle();
    await moveCheckpoint(own, block(1), block(0));
    await writer.write(batch(2, [{ id: -2, value: 0 }]));
    await writer.write(batch(3, [{ id: -3, value: 0 }]));
    await expect(writer.settle()).rejects.toThrow(CheckpointMoved);
    expect(await head()).toBe(0);
    expect(await things()).toBe(20_001);
  });
});
