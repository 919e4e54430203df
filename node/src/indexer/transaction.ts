import type pg from 'pg';

/**
 * Runs `task` in a transaction on the indexer's own connection. Its commit does not wait for the disk: what a crash of
 * the database loses is lost together with its checkpoint and indexed again, and no later commit survives without it.
 */
export async function inTransaction<T>(client: pg.ClientBase, task: () => Promise<T>): Promise<T> {
  await client.query('BEGIN; SET LOCAL synchronous_commit = off');
  try {
    const result = await task();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A broken connection cannot roll back either; the server does it then.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
