import type { DataSource } from 'typeorm';
import { MAKE_DEFERRED_INDEXES } from './deferred-indexes.js';

/** Any number, the same in each process: "tradeproo" in base 36, cut to what a bigint holds. */
const LOCK = 6_349_077_401_228;

/** Brings the schema up to date; processes that start at once wait for each other on an advisory lock. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [LOCK]);
    // Migrations find the schema as the ones before them left it.
    if (await dataSource.showMigrations()) await guard.query(MAKE_DEFERRED_INDEXES);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await guard.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    await guard.release();
  }
}
