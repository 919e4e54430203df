import type { UnitOfWork } from '../../node/src/database/index.js';

/** How many advisory locks the current unit of work holds. */
export async function locksHeld({ manager }: UnitOfWork): Promise<number> {
  const [row] = await manager.query<{ held: number }[]>(
    `SELECT count(*)::int AS held FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()`,
  );
  return row!.held;
}
