import { createPostgresBackend, runMigrations, Queue, Worker, type Processor, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { Config } from '../config/index.js';
import { JOB_CONNECTIONS, openPool } from '../database/index.js';

const QUEUE = 'jobs';

/** A killed worker's jobs are taken over after this, in ms. BullMQ's own 30 s would let a submission wait that long. */
const LOCK_MS = 5000;

/** Jobs are wake-ups: done ones are not kept; failed ones are, for people to look at. */
const DEFAULTS = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 250, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { count: 1000 },
} as const;

const WORKER = { autorun: false, concurrency: 8, lockDuration: LOCK_MS, stalledInterval: LOCK_MS, maxStalledCount: 10 };

/** The queue's storage, PostgreSQL or Redis. All kinds of jobs share one queue: a worker costs a connection that listens. */
export interface QueueBackend {
  readonly queue: Queue;
  /** Whether it takes jobs now: what is added while Redis is away would wait for it, in memory and for ever. */
  isThere(): boolean;
  /** A worker that is connected, and takes jobs once it is told to `run`. */
  work(processor: Processor): Promise<Worker>;
  close(): Promise<void>;
}

/** Opens the queue where the settings say. */
export function openBackend(config: Config): Promise<QueueBackend> {
  return config.queueUrl ? Promise.resolve(onRedis(config.queueUrl, config.member)) : onPostgres(config);
}

async function onPostgres(config: Config): Promise<QueueBackend> {
  const pool = openPool({
    connectionString: config.databaseUrl,
    application_name: `tradeproof-${config.member}-jobs`,
    max: JOB_CONNECTIONS,
    options: '-c search_path=bullmq,public',
  });
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  const on = withBackend(createPostgresBackend);
  const queue = new on.Queue(QUEUE, { connection: pool, defaultJobOptions: DEFAULTS }) as unknown as Queue;
  await queue.waitUntilReady();
  return {
    queue,
    isThere: () => true,
    work: (processor) => ready(new on.Worker(QUEUE, processor, { connection: pool, ...WORKER }) as unknown as Worker),
    close: async () => {
      await queue.close();
      await pool.end();
    },
  };
}

function onRedis(url: string, member: string): QueueBackend {
  const options = { maxRetriesPerRequest: null, keepAlive: 10_000 };
  // Its own, so that it can be asked how it is, and closed while Redis is away: BullMQ would wait to say QUIT.
  const redis = new Redis(url, { ...options, retryStrategy: (times) => Math.min(1_000 * times, 10_000) });
  // A hash tag, so that a cluster keeps the queue's keys on one node; the member, so that nodes can share a Redis.
  const prefix = `{tradeproof-${member}}`;
  const queue = new Queue(QUEUE, { connection: redis, prefix, defaultJobOptions: DEFAULTS });
  return {
    queue,
    isThere: () => redis.status === 'ready',
    work: (processor) => ready(new Worker(QUEUE, processor, { connection: { url, ...options }, prefix, ...WORKER })),
    close: async () => {
      // It waits for a connection that was never made.
      if (redis.status === 'ready') await queue.close();
      redis.disconnect();
    },
  };
}

/**
 * Beware of BullMQ: a connection that fails while it is made stays failed, and a worker that runs on it tries again without
 * a pause, for ever, so that the process does nothing else. Such a process had better not start.
 */
async function ready(worker: Worker): Promise<Worker> {
  await worker.waitUntilReady();
  return worker;
}
