import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { MAKE_DEFERRED_INDEXES } from './deferred-indexes.js';

const logger = new Logger('Migrations');

/** Any number, the same in each process: "tradeproo" in base 36, cut to what a bigint holds. */
const LOCK = 6_349_077_401_228;

/** PostgreSQL's code for a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Brings the schema up to date; processes that start at once wait for each other on an advisory lock. No migration waits long
 * for a table, since all who come after it would wait behind it, the release before among them: while somebody reads it for
 * long, as a backup does, it is tried again and again.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await guard.query(`SET lock_timeout = '3s'`);
    while (!(await migrated(dataSource, guard))) await sleep(1_000);
  } finally {
    await guard.query('RESET lock_timeout');
    await guard.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    await guard.release();
  }
}

/** Whether nothing is left to do; what was done before a lock was not to be had stays. */
async function migrated(dataSource: DataSource, guard: QueryRunner): Promise<boolean> {
  try {
    // Migrations find the schema as the ones before them left it.
    if (await dataSource.showMigrations()) await guard.query(MAKE_DEFERRED_INDEXES);
    const executor = new MigrationExecutor(dataSource, guard);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    logger.warn('a table is in use for long: its migration is tried again');
    return false;
  }
}
