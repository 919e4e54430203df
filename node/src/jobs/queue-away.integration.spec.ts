import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { testConfig } from '../../../test/support/config.js';
import { lowPort } from '../../../test/support/ports.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { ConfigModule, type Settings } from '../config/index.js';
import { DatabaseModule, UnitOfWork } from '../database/index.js';
import { defineJob, JobHandler, type JobProcessor, JobQueue, JobsModule } from './index.js';
import { installed, startRedis } from './testing/redis.js';

const knock = defineJob<{ n: number }>({ name: 'knock' });

@JobHandler(knock)
class KnockHandler implements JobProcessor<{ n: number }> {
  readonly heard: number[] = [];

  handle({ n }: { n: number }): Promise<void> {
    this.heard.push(n);
    return Promise.resolve();
  }
}

let database: TestDatabase;

beforeAll(async () => (database = await testDatabase()));
afterAll(() => database.drop());

const start = (queueUrl: string, roles: Settings['roles']) =>
  NestFactory.createApplicationContext(
    {
      module: class Room {},
      imports: [
        ConfigModule.with(testConfig({ databaseUrl: database.url, queueUrl, roles })),
        DatabaseModule,
        JobsModule,
      ],
      providers: [KnockHandler],
    },
    { logger: false, abortOnError: false },
  );

const waiting = (app: INestApplicationContext) => app.get(UnitOfWork)['running'].size;

async function timed(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

it('wake-ups do not wait for a Redis that is not there, nor does the end of the process', async () => {
  const app = await start(`redis://127.0.0.1:${await lowPort()}`, ['api']);
  for (let n = 0; n < 100; n++) app.get(JobQueue).add(knock, { n });
  await sleep(100);
  expect(waiting(app)).toBe(0);
  expect(await timed(app.close())).toBeLessThan(10_000);
});

(installed() ? it : it.skip)('nor for one that went; those added once it is back arrive', async () => {
  let redis = await startRedis();
  const [api, worker] = [await start(redis.url, ['api']), await start(redis.url, ['worker'])];
  const { heard } = worker.get(KnockHandler);
  const comes = async (n: number) => {
    while (!heard.includes(n)) {
      api.get(JobQueue).add(knock, { n });
      await sleep(50);
    }
  };
  const kill = async () => {
    redis.process.kill('SIGKILL');
    await once(redis.process, 'exit');
  };
  await comes(1);
  await kill();
  for (let n = 0; n < 100; n++) api.get(JobQueue).add(knock, { n: 2 });
  await sleep(6_000);
  expect(waiting(api)).toBe(0);
  redis = await startRedis(redis.port);
  await comes(3);
  await kill();
  expect(await timed(api.close())).toBeLessThan(10_000);
  expect(await timed(worker.close())).toBeLessThan(10_000);
});
