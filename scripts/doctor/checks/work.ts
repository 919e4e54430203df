import { Redis } from 'ioredis';
import { failure, type Finding, ok, warning, wordsOf } from '../finding.js';
import type { Patient } from '../patient.js';

const CHECK = 'work';
/** Minutes after which what waits is stuck rather than on its way. */
const STUCK_MINUTES = 10;
const DOWN_MINUTES = 60;

/** Whether jobs run, transactions reach the chain and envelopes the other members. */
export async function checkWork({ pool, config }: Patient): Promise<Finding[]> {
  const { rows } = await pool.query<Record<'open' | 'stuck' | 'reverted' | 'letters' | 'late' | 'aside', number>>(
    `SELECT (SELECT count(*)::int FROM submissions WHERE status IN ('QUEUED', 'SENT')) AS open,
            (SELECT count(*)::int FROM submissions WHERE status IN ('QUEUED', 'SENT')
               AND created_at < now() - interval '${STUCK_MINUTES} minutes') AS stuck,
            (SELECT count(*)::int FROM exchange_outbox WHERE status IN ('WAITING', 'READY')) AS letters,
            (SELECT count(*)::int FROM exchange_outbox WHERE status = 'READY'
               AND created_at < now() - interval '${DOWN_MINUTES} minutes') AS late,
            (SELECT count(*)::int FROM exchange_outbox WHERE status = 'SET_ASIDE')
              + (SELECT count(*)::int FROM exchange_inbox WHERE status = 'SET_ASIDE') AS aside`,
  );
  const { open, stuck, letters, late, aside } = rows[0]!;
  return [
    stuck === 0
      ? ok(CHECK, `${open} transactions are on their way`)
      : failure(
          CHECK,
          `${stuck} transactions wait for more than ${STUCK_MINUTES} minutes`,
          'is a process with the role worker running? does the chain move, and the index with it? GET /v1/submissions?status=QUEUED and ?status=SENT list them',
        ),
    late === 0
      ? ok(CHECK, `${letters} envelopes are on their way`)
      : warning(
          CHECK,
          `${late} envelopes wait for more than an hour`,
          'a counterparty is down: see peers below, call them',
        ),
    aside === 0
      ? ok(CHECK, 'no envelope is set aside')
      : warning(
          CHECK,
          `${aside} envelopes are set aside`,
          'GET /v1/exchange/set-aside says why; retry or discard each',
        ),
    await queue(config),
  ];
}

/** Jobs on PostgreSQL live and die with the database, which is examined by itself. */
async function queue({ queueUrl }: Patient['config']): Promise<Finding> {
  if (!queueUrl) return ok(CHECK, 'jobs run on PostgreSQL');
  const redis = new Redis(queueUrl, {
    lazyConnect: true,
    connectTimeout: 5_000,
    commandTimeout: 5_000,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return ok(CHECK, 'jobs run on Redis, which answers');
  } catch (error) {
    return failure(
      CHECK,
      `the queue on Redis does not answer: ${wordsOf(error)}`,
      'start it; nothing is lost meanwhile',
    );
  } finally {
    redis.disconnect();
  }
}
