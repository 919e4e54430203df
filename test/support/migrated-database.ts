import pg from 'pg';
import { DataSource } from 'typeorm';
import { loadMigrations } from '../../node/src/database/load-migrations.js';
import { type TestDatabase, testDatabase } from './postgres.js';

const TEMPLATE = 'migrated';
/** Any number: who makes the template holds its lock, the others wait. */
const LOCK = 7_204_115;

/** A fresh database with the node's schema, copied from one that was migrated once a jest run. */
export async function migratedDatabase(): Promise<TestDatabase> {
  await ensureTemplate();
  return testDatabase({ template: TEMPLATE });
}

let ensured: Promise<void> | undefined;
const ensureTemplate = (): Promise<void> => (ensured ??= makeTemplate());

async function makeTemplate(): Promise<void> {
  const admin = new pg.Client({ connectionString: process.env['TRADEPROOF_TEST_POSTGRES'] });
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (rowCount) return;
    const { url } = await testDatabase();
    const source = new DataSource({ type: 'postgres', url, migrations: await loadMigrations() });
    await source.initialize();
    await source.runMigrations({ transaction: 'each' });
    await source.destroy();
    await admin.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} RENAME TO ${TEMPLATE}`);
  } finally {
    await admin.end();
  }
}
