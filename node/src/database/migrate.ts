import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { MAKE_DEFERRED_INDEXES } from './deferred-indexes.js';

const logger = new Logger('Migrations');

/** Any number, the same in each process: "tradeproo" in base 36, cut to what a bigint holds. */
const LOCK = 6_349_077_401_228;

/** PostgreSQL's codes for a lock that was not to be had in time, and for one that was the end of a ring of waiting. */
const LOCK_NOT_HAD = ['55P03', '40P01'];

/** All who come after a migration that waits for a table wait behind it: it does so for a small part of the time. */
const WAIT_MS = 500;
const PAUSE_MS = 4_500;

/**
 * Brings the schema up to date; processes that start at once wait for each other on an advisory lock. No migration waits long
 * for a table, since all who come after it would wait behind it, the release before among them: while somebody reads it for
 * long, as a backup does, it is tried again and again.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await guard.query(`SET lock_timeout = ${WAIT_MS}`);
    while (!(await migrated(dataSource, guard))) await sleep(PAUSE_MS);
  } finally {
    await guard.query('RESET lock_timeout');
    await guard.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    await guard.release();
  }
}

/** Whether nothing is left to do; what was done before a lock was not to be had stays. */
async function migrated(dataSource: DataSource, guard: QueryRunner): Promise<boolean> {
  const executor = new MigrationExecutor(dataSource, guard);
  executor.transaction = 'each';
  try {
    // Migrations find the schema as the ones before them left it.
    if (await dataSource.showMigrations()) await guard.query(MAKE_DEFERRED_INDEXES);
    await executor.executePendingMigrations();
    return true;
  } catch (error) {
    if (!LOCK_NOT_HAD.includes((error as { code?: string }).code ?? '')) throw error;
    const [next] = await executor.getPendingMigrations();
    logger.warn(
      { migration: next?.name, err: error },
      'a table is in use for long: its migration is tried again until it is not, and this process starts no earlier',
    );
    return false;
  }
}
