import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { openPool } from '../../database/index.js';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { ProbeRoom } from '../../../../test/support/probe-room.js';
import { Random } from '../../../../test/chaos/random.js';
import { Config } from '../../config/index.js';

const REQUESTS = process.env['TRADEPROOF_DEEP'] === 'true' ? 100_000 : 5_000;
const ROUNDS = 5;
const REPEATS = 0.3;
/** Requests of one key at once, in each round. */
const CROWD = 64;
const AT_ONCE = 32;

const random = new Random(20_261_125);

let first: TestApi;
let bearer: string;
let pool: pg.Pool;
let replicas: NestFastifyApplication[] = [];

/** Two replicas over one database, the first time or anew. */
async function start(): Promise<void> {
  const { keysFile } = first.app.get(Config);
  const settings = { databaseUrl: first.databaseUrl, keysFile, embedded: true, logLevel: 'fatal' } as const;
  const started = await Promise.all([1, 2].map(() => testApi([ProbeRoom], settings)));
  replicas = started.map(({ app }) => app);
}

async function stop(): Promise<void> {
  await Promise.all(replicas.map((app) => app.close()));
}

/** The final answer to a key, as a client gets it that does not give up. */
async function answerTo(key: string): Promise<string> {
  const headers = { authorization: bearer, 'content-type': 'application/json', 'idempotency-key': key };
  const payload = JSON.stringify({ text: key });
  for (;;) {
    const { statusCode, body } = await random
      .of(replicas)
      .inject({ method: 'POST', url: '/v1/probes', headers, payload })
      .catch(() => ({ statusCode: 503, body: 'the replica was just stopped' }));
    if (statusCode === 201) return body;
    const passing = statusCode >= 500 || (JSON.parse(body) as { code: string }).code === 'IDEMPOTENCY_KEY_IN_USE';
    if (!passing) throw new Error(`${key}: ${statusCode} ${body}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

beforeAll(async () => {
  first = await testApi([ProbeRoom]);
  bearer = await first.bearer('ORDER_DESK');
  pool = openPool({ connectionString: first.databaseUrl, max: 1 });
});

afterAll(async () => {
  await pool.end();
  await stop();
  await first.stop();
});

it(`${REQUESTS} requests, ${REPEATS * 100} % repeats, ${CROWD} at once on a key, restarts in between: one effect each, equal replies`, async () => {
  const replies = new Map<string, string>();
  const keys: string[] = [];
  const ask = async (key: string) => {
    const reply = await answerTo(key);
    expect(reply).toBe(replies.get(key) ?? reply);
    replies.set(key, reply);
  };
  const fresh = () => keys[keys.push(`K${keys.length}`) - 1]!;
  for (let round = 0; round < ROUNDS; round++) {
    await start();
    const hot = fresh();
    const crowd = Array.from({ length: CROWD }, () => ask(hot));
    let left = REQUESTS / ROUNDS - CROWD;
    const worker = async () => {
      while (left-- > 0) await ask(random.chance(REPEATS) ? random.of(keys) : fresh());
    };
    await Promise.all([...crowd, ...Array.from({ length: AT_ONCE }, worker)]);
    // A server that loses its connections, and processes that stop: nobody knows which requests had their effect.
    const late = Array.from({ length: CROWD }, (_, i) => ask(i % 2 ? fresh() : hot));
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'tradeproof-%'`,
    );
    await Promise.all(late);
    await stop();
  }
  const { rows } = await pool.query<{ n: number; texts: number }>(
    `SELECT count(*)::int AS n, count(DISTINCT text)::int AS texts FROM probes`,
  );
  expect(rows[0]).toEqual({ n: keys.length, texts: keys.length });
  expect(replies.size).toBe(keys.length);
}, 1_800_000);
