import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { testConfig } from '../../../test/support/config.js';
import { testDatabase } from '../../../test/support/postgres.js';
import { ConfigModule } from '../config/index.js';
import { DatabaseModule } from '../database/index.js';
import { defineJob, JobHandler, type JobProcessor, JobQueue, JobsModule } from './index.js';
import { installed, startRedis } from './testing/redis.js';

const ping = defineJob<{ n: number }>({ name: 'ping' });

@JobHandler(ping)
class PingHandler implements JobProcessor<{ n: number }> {
  readonly seen: number[] = [];

  handle({ n }: { n: number }): Promise<void> {
    this.seen.push(n);
    return Promise.resolve();
  }
}

// Redis is no npm package: where the machine has none, this setting cannot be tried.
(installed() ? it : it.skip)('jobs run on Redis by setting, each member’s apart', async () => {
  const redis = await startRedis();
  const database = await testDatabase();
  const start = (member: string) => {
    const config = testConfig({ databaseUrl: database.url, member, queueUrl: redis.url });
    const imports = [ConfigModule.with(config), DatabaseModule, JobsModule];
    return NestFactory.createApplicationContext(
      { module: class Room {}, imports, providers: [PingHandler] },
      { logger: false, abortOnError: false },
    );
  };
  const [core, bank] = await Promise.all([start('core'), start('bank')]);
  for (let n = 0; n < 5; n++) core.get(JobQueue).add(ping, { n });
  for (const end = Date.now() + 240_000; core.get(PingHandler).seen.length < 5 && Date.now() < end;) await sleep(20);
  expect([...core.get(PingHandler).seen].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(bank.get(PingHandler).seen).toEqual([]);
  await Promise.all([core.close(), bank.close()]);
  redis.process.kill();
  await once(redis.process, 'exit');
  await database.drop();
});
