import type pg from 'pg';

/** What a batch of the indexer takes first: so it waits for what changes its tables while it holds nothing else. */
export const BATCH = 'LOCK TABLE indexer_checkpoint IN ROW EXCLUSIVE MODE';

/** What comes first in what changes those tables. */
export const NO_BATCH = 'LOCK TABLE indexer_checkpoint IN SHARE ROW EXCLUSIVE MODE';

/** Within a transaction: gives up soon on a table that somebody reads for long, as all who come later would wait behind. */
export const NO_LONG_WAIT = "SET LOCAL lock_timeout = '3s'";

/** PostgreSQL's code for a lock that was not to be had in time. */
export const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Drops the indexes of the chain-derived tables but for those that keep rows unique, and notes their definitions, within the
 * current transaction: a backlog goes in without them (docs/adr/0055). Those of some rows alone (`WHERE`) stay: they are for the few,
 * and looking at each row as it comes costs less than going through all of them for each such index.
 */
export async function deferIndexes(client: pg.ClientBase): Promise<void> {
  await client.query(NO_BATCH);
  const { rows } = await client.query<{ name: string }>(`
    INSERT INTO deferred_indexes (name, definition)
    SELECT quote_ident(c.relname), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relname LIKE 'chain\\_%'
      AND c.relkind = 'i' AND NOT (i.indisunique OR i.indisexclusion) AND i.indpred IS NULL
    ON CONFLICT (name) DO UPDATE SET definition = excluded.definition
    RETURNING name`);
  if (rows.length > 0) await client.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`);
}

/** Whether {@link MAKE_DEFERRED_INDEXES} has something to do, left by this process or by one before it. */
export async function hasDeferredIndexes(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM deferred_indexes) AS any');
  return rows[0]!.any;
}

/**
 * Makes some of what {@link deferIndexes} dropped, to be run on several connections at once: PostgreSQL uses one processor for each,
 * as its workers would sort each index in parts and merge them, which is a tenth more work than several indexes at a time.
 * What another one is making is passed over, so that {@link MAKE_DEFERRED_INDEXES} has the last word.
 */
export const MAKE_SOME_DEFERRED_INDEXES = `
  DO $make$
  DECLARE deferred record;
  BEGIN
    PERFORM set_config('max_parallel_maintenance_workers', '0', true);
    -- Keeps batches out, and not who makes others.
    LOCK TABLE indexer_checkpoint IN SHARE MODE;
    LOOP
      DELETE FROM deferred_indexes
      WHERE name = (SELECT name FROM deferred_indexes LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING name, definition INTO deferred;
      EXIT WHEN NOT FOUND;
      IF to_regclass(deferred.name) IS NULL THEN EXECUTE deferred.definition; END IF;
    END LOOP;
  END $make$`;

/** Makes what {@link deferIndexes} dropped, all or nothing; who comes second waits, and finds nothing to do. */
export const MAKE_DEFERRED_INDEXES = `
  DO $make$
  DECLARE deferred record;
  BEGIN
    -- Not there before its migration.
    IF to_regclass('deferred_indexes') IS NULL THEN RETURN; END IF;
    ${NO_BATCH};
    FOR deferred IN DELETE FROM deferred_indexes RETURNING name, definition LOOP
      -- It is there in a database that was restored from a backup of meanwhile.
      IF to_regclass(deferred.name) IS NULL THEN EXECUTE deferred.definition; END IF;
    END LOOP;
  END $make$`;

/** Has PostgreSQL look at what the chain-derived tables hold, on which its plans depend. */
export async function analyzeChainTables(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT quote_ident(relname) AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname LIKE 'chain\\_%'`);
  await client.query(`ANALYZE ${rows.map(({ name }) => name).join(', ')}`);
}
