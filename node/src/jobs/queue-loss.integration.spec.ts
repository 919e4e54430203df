import { once } from 'node:events';
import { NestFactory } from '@nestjs/core';
import type pg from 'pg';
import { testConfig } from '../../../test/support/config.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { ConfigModule, type Settings } from '../config/index.js';
import { DatabaseModule, openPool } from '../database/index.js';
import { openBackend } from './backend.js';
import { defineJob, JobHandler, type JobProcessor, JobsModule } from './index.js';
import { installed, startRedis } from './testing/redis.js';

const tick = defineJob({ name: 'tick' });

@JobHandler(tick, { everyMs: 100 })
class TickHandler implements JobProcessor<object> {
  ticks = 0;

  handle(): Promise<void> {
    this.ticks++;
    return Promise.resolve();
  }
}

let database: TestDatabase;

beforeEach(async () => (database = await testDatabase()));
afterEach(() => database.drop());

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 240_000; !condition(); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) throw new Error('it did not happen in time');
  }
}

/** Takes all that the queue has, against what its workers hold just then: they may be in each other's way. */
async function emptied(pool: pg.Pool): Promise<void> {
  for (;;) {
    try {
      await pool.query(`DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'
        LOOP EXECUTE format('TRUNCATE bullmq.%I CASCADE', name); END LOOP;
      END $$`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '40P01') throw error;
    }
  }
}

/** Loses the queue of a node that runs, and waits until its repeating job comes again. */
async function ticksAgainAfter(lose: () => Promise<unknown>, settings: Partial<Settings> = {}): Promise<void> {
  const config = testConfig({ databaseUrl: database.url, ...settings });
  class Room {}
  const module = { module: Room, imports: [ConfigModule.with(config), DatabaseModule, JobsModule] };
  const app = await NestFactory.createApplicationContext(
    { ...module, providers: [TickHandler] },
    { logger: false, abortOnError: false },
  );
  try {
    const handler = app.get(TickHandler);
    await until(() => handler.ticks > 2);
    await lose();
    const { ticks } = handler;
    await until(() => handler.ticks > ticks + 3);
  } finally {
    await app.close();
  }
}

it('repeating jobs come again when the queue was emptied under a running node', async () => {
  const pool = openPool({ connectionString: database.url, max: 1 });
  try {
    await ticksAgainAfter(() => emptied(pool));
  } finally {
    await pool.end();
  }
});

(installed() ? it : it.skip)('and when Redis was killed, and is back with nothing in it', async () => {
  let redis = await startRedis();
  try {
    const kill = async () => {
      redis.process.kill('SIGKILL');
      await once(redis.process, 'exit');
      redis = await startRedis(redis.port);
    };
    await ticksAgainAfter(kill, { queueUrl: redis.url });
  } finally {
    redis.process.kill();
  }
});

it('a worker that cannot be connected is none, and does not spin', async () => {
  const backend = await openBackend(testConfig({ databaseUrl: database.url }));
  const pool = openPool({ connectionString: database.url, max: 1 });
  try {
    await pool.query('ALTER SCHEMA bullmq RENAME TO elsewhere');
    await expect(backend.work(() => Promise.resolve())).rejects.toThrow();
  } finally {
    await pool.end();
    await backend.close();
  }
});
