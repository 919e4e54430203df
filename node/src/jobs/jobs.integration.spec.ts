import { type INestApplicationContext, Injectable, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { testConfig } from '../../../test/support/config.js';
import { startNodes } from '../../../test/support/nodes.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { Config, ConfigModule, type Settings } from '../config/index.js';
import { createApp } from '../create-app.js';
import { DatabaseModule, UnitOfWork } from '../database/index.js';
import { createAdapter } from '../http/adapter.js';
import { openBackend } from './backend.js';
import {
  defineJob,
  JobHandler,
  type JobProcessor,
  JobQueue,
  JobsModule,
  refuseUndone,
  RoundHandler,
  type RoundProcessor,
} from './index.js';

const echo = defineJob<{ text: string }>({ name: 'echo' });

@JobHandler(echo)
class EchoHandler implements JobProcessor<{ text: string }> {
  readonly heard: string[] = [];
  faults = 0;
  pause = Promise.resolve();

  async handle({ text }: { text: string }): Promise<void> {
    if (this.faults-- > 0) throw new Error('not yet');
    await this.pause;
    this.heard.push(text);
  }
}

@JobHandler(echo)
class SecondHandler extends EchoHandler {}

@Injectable()
class Bystander {}

let database: TestDatabase;
let apps: INestApplicationContext[];

async function start(providers: Type[], settings: Partial<Settings> = {}): Promise<INestApplicationContext> {
  const config = testConfig({ databaseUrl: database.url, ...settings });
  class Room {}
  const imports = [ConfigModule.with(config), DatabaseModule, JobsModule];
  const app = await NestFactory.create({ module: Room, imports, providers }, createAdapter(config), {
    logger: false,
    abortOnError: false,
  });
  apps.push(app);
  await app.init();
  return app;
}

async function until(condition: () => boolean, ms = 240_000): Promise<void> {
  for (const end = Date.now() + ms; !condition(); await new Promise((resolve) => setTimeout(resolve, 10))) {
    if (Date.now() > end) throw new Error('it did not happen in time');
  }
}

beforeEach(async () => {
  database = await testDatabase();
  apps = [];
});

afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await database.drop();
});

it('fires a job when its unit commits, and not when it rolls back', async () => {
  const app = await start([EchoHandler, Bystander]);
  const [queue, unit, handler] = [app.get(JobQueue), app.get(UnitOfWork), app.get(EchoHandler)];
  const failed = unit.run(() => {
    queue.add(echo, { text: 'never' });
    return Promise.reject(new Error('rolled back'));
  });
  await expect(failed).rejects.toThrow('rolled back');
  await unit.run(async () => {
    queue.add(echo, { text: 'once' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(handler.heard).toEqual([]);
  });
  await until(() => handler.heard.length > 0);
  expect(handler.heard).toEqual(['once']);
});

it('tries a failed job again', async () => {
  const app = await start([EchoHandler]);
  const handler = app.get(EchoHandler);
  handler.faults = 2;
  app.get(JobQueue).add(echo, { text: 'at last' });
  await until(() => handler.heard.length > 0);
  expect(handler.heard).toEqual(['at last']);
});

it('merges wake-ups with one key, and runs once more for those that came while it ran', async () => {
  const app = await start([EchoHandler]);
  const [queue, handler] = [app.get(JobQueue), app.get(EchoHandler)];
  let resume = () => {};
  handler.pause = new Promise((resolve) => (resume = resolve));
  let started = false;
  const { handle } = handler;
  handler.handle = (payload) => ((started = true), handle.call(handler, payload));
  queue.add(echo, { text: 'first' }, { dedupe: 'key' });
  await until(() => started);
  for (let n = 0; n < 20; n++) queue.add(echo, { text: 'later' }, { dedupe: 'key' });
  // Until all of them are in the queue.
  await app.get(UnitOfWork).onModuleDestroy();
  resume();
  await until(() => handler.heard.length > 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(handler.heard).toEqual(['first', 'later']);
});

it('leaves jobs to processes that are workers', async () => {
  const api = await start([EchoHandler], { roles: ['api'] });
  api.get(JobQueue).add(echo, { text: 'elsewhere' });
  const worker = await start([EchoHandler], { roles: ['worker'] });
  await until(() => worker.get(EchoHandler).heard.length > 0);
  expect(api.get(EchoHandler).heard).toEqual([]);
});

it('lets a running job end before it stops', async () => {
  const app = await start([EchoHandler]);
  const handler = app.get(EchoHandler);
  let started = false;
  handler.handle = async ({ text }) => {
    started = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
    handler.heard.push(text);
  };
  app.get(JobQueue).add(echo, { text: 'finished' });
  await until(() => started);
  await app.close();
  expect(handler.heard).toEqual(['finished']);
});

it('runs a scheduled job at its interval', async () => {
  @JobHandler(echo, { everyMs: 50 })
  class Ticking extends EchoHandler {}
  const app = await start([Ticking]);
  await until(() => app.get(Ticking).heard.length > 2);
});

it('takes what was repeated and has no handler any more off the queue', async () => {
  const backend = await openBackend(testConfig({ databaseUrl: database.url }));
  try {
    await backend.queue.upsertJobScheduler('of a release before', { every: 50 }, { name: 'of a release before' });
    await start([EchoHandler]);
    for (const end = Date.now() + 240_000; (await backend.queue.getJobSchedulersCount()) > 0;) {
      if (Date.now() > end) throw new Error('it is still there');
    }
  } finally {
    await backend.close();
  }
});

it('refuses a job without a handler, and with two', async () => {
  const app = await start([]);
  expect(() => refuseUndone(app)).toThrow(/no handler for .*\becho\b/);
  await expect(start([EchoHandler, SecondHandler])).rejects.toThrow('more than one handler');
});

it('keeps a node with all rooms from starting that lacks a handler', async () => {
  const nodes = await startNodes(['core']);
  try {
    const config = nodes.of('core').app.get(Config);
    await expect(createApp(config, { logTo: { write() {} } })).rejects.toThrow(/no handler for .*\becho\b/);
  } finally {
    await nodes.stop();
  }
});

it('goes round in each worker, one look at a time, also after one that failed, and ends the one under way', async () => {
  const looks = { began: 0, ended: 0, most: 0 };
  @RoundHandler({ name: 'looks', everyMs: 10 })
  class Looking implements RoundProcessor {
    async handle(): Promise<void> {
      looks.most = Math.max(looks.most, ++looks.began - looks.ended);
      await new Promise((resolve) => setTimeout(resolve, 30));
      looks.ended++;
      if (looks.ended === 1) throw new Error('not yet');
    }
  }
  const without = await start([EchoHandler]);
  expect(() => refuseUndone(without)).toThrow(/no provider goes round .*\blooks\b/);
  const api = await start([EchoHandler, Looking], { roles: ['api'] });
  await api.close();
  expect(looks.began).toBe(0);
  const worker = await start([EchoHandler, Looking], { roles: ['worker'] });
  await until(() => looks.began > 3);
  await worker.close();
  expect(looks).toEqual({ began: looks.ended, ended: looks.ended, most: 1 });
});
