import type pg from 'pg';

/**
 * Drops the indexes of the chain-derived tables but for those that keep rows unique, and notes their definitions, within the
 * current transaction: a backlog goes in without them (docs/adr/0055).
 */
export async function deferIndexes(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    INSERT INTO deferred_indexes (name, definition)
    SELECT quote_ident(c.relname), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relname LIKE 'chain\\_%' AND NOT i.indisunique
    RETURNING name`);
  if (rows.length > 0) await client.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`);
}

/** Whether {@link MAKE_DEFERRED_INDEXES} has something to do, left by this process or by one before it. */
export async function hasDeferredIndexes(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM deferred_indexes) AS any');
  return rows[0]!.any;
}

/** Makes what {@link deferIndexes} dropped, all or nothing; who comes second waits, and finds nothing to do. */
export const MAKE_DEFERRED_INDEXES = `
  DO $make$
  DECLARE deferred record;
  BEGIN
    -- Not there before its migration.
    IF to_regclass('deferred_indexes') IS NULL THEN RETURN; END IF;
    LOCK TABLE deferred_indexes IN EXCLUSIVE MODE;
    FOR deferred IN DELETE FROM deferred_indexes RETURNING definition LOOP
      EXECUTE deferred.definition;
    END LOOP;
  END $make$`;
