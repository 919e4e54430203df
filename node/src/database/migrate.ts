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
 * Brings the schema up to date; processes that have something to do wait for each other on an advisory lock, and those that have not
 * wait for nobody: they may be of the release before. No migration waits long for a table, since all who come after it would wait
 * behind it: while somebody reads it for long, as a backup does, it is tried again and again, without the lock in between.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  while ((await isBehind(dataSource)) && !(await migratedAlone(dataSource))) await sleep(PAUSE_MS);
}

/** Whether the schema lacks one of these migrations. Makes nothing: others may be at it. */
async function isBehind(dataSource: DataSource): Promise<boolean> {
  const [made] = await dataSource.query<{ any: boolean }[]>(`SELECT to_regclass('migrations') IS NOT NULL AS any`);
  if (!made!.any) return true;
  const done = new Set(
    (await dataSource.query<{ name: string }[]>('SELECT name FROM migrations')).map(({ name }) => name),
  );
  return dataSource.migrations.some((migration) => !done.has(migration.name ?? migration.constructor.name));
}

async function migratedAlone(dataSource: DataSource): Promise<boolean> {
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await guard.query(`SET lock_timeout = ${WAIT_MS}`);
    return await migrated(dataSource, guard);
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
