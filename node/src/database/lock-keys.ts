import type { EntityManager } from 'typeorm';

/**
 * Most locks that a unit holds for one purpose: PostgreSQL has room for some thousands in all, whoever holds them. Of a thousand keys
 * some 640 are taken, so that eight such units fit, and a key of others waits for a unit of a hundred in one case of ten.
 */
const BUCKETS = 1024;

/**
 * Until the current unit of work ends, others who lock one of these keys for the same purpose wait, and those of another key that
 * shares a bucket with one: whoever locks many waits for nearly everybody else who does. Once a unit for each purpose: two units that add to what they hold may wait for each other.
 */
export async function lockKeys(manager: EntityManager, purpose: string, keys: readonly string[]): Promise<void> {
  // In one order for all, so that two units never wait for each other.
  await manager.query(
    `SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || bucket, 0))
     FROM (SELECT DISTINCT hashtextextended(key, 0) & ${BUCKETS - 1} AS bucket FROM unnest($2::text[]) AS key ORDER BY bucket) b`,
    [purpose, keys],
  );
}
