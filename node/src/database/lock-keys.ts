import type { EntityManager } from 'typeorm';

/**
 * Until the current unit of work ends, others who lock one of these keys for the same purpose wait. Once a unit for each
 * purpose: two units that add to what they hold may wait for each other.
 *
 * Beware: each key takes a place in PostgreSQL's table of locks, which has room for about `max_locks_per_transaction` times
 * `max_connections` (by default 6,400) whoever holds them. Eight units of a thousand keys fill that; who then finds no room is
 * told TRY_AGAIN. Fewer locks than keys would not: any two units of a thousand keys would share one, and wait for each other.
 */
export async function lockKeys(manager: EntityManager, purpose: string, keys: readonly string[]): Promise<void> {
  // In one order for all, so that two units never wait for each other.
  await manager.query(
    `SELECT pg_advisory_xact_lock(lock)
     FROM (SELECT DISTINCT hashtextextended($1 || '/' || key, 0) AS lock FROM unnest($2::text[]) AS key ORDER BY lock) locks`,
    [purpose, keys],
  );
}
