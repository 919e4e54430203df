import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { loadMigrations } from '../../node/src/database/load-migrations.js';
import { migrate } from '../../node/src/database/migrate.js';
import { fileOf, type Manifest, MANIFEST, manifestSchema } from './manifest.js';
import { tablesOf } from './tables.js';

export interface RestoreOptions {
  /** An empty database. */
  readonly databaseUrl: string;
  readonly member: string;
  readonly from: string;
}

/**
 * Puts a backup into an empty database: the schema as it was then, all rows or none. The node that is started on it
 * migrates on, and catches up from the chain. Every file is checked before the first row is written.
 */
export async function restore({ databaseUrl, member, from }: RestoreOptions): Promise<Manifest> {
  const manifest = await readBackup(from);
  if (manifest.member !== member) throw new Error(`${from} is a backup of ${manifest.member}, not of ${member}`);
  await makeSchema(databaseUrl, manifest);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tradeproof-restore' });
  await client.connect();
  try {
    await client.query('BEGIN');
    // The schema's own first rows come with the backup.
    for (const { name } of await tablesOf(client)) await empty(client, pg.escapeIdentifier(name));
    for (const table of manifest.tables) await load(client, table, from);
    for (const [name, last] of Object.entries(manifest.sequences))
      await client.query('SELECT setval($1::regclass, $2::int8)', [pg.escapeIdentifier(name), last]);
    // What it holds, PostgreSQL would find out within a minute, in which a page of a list takes as long as the table.
    await client.query('ANALYZE');
    await client.query('COMMIT');
    return manifest;
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${message}; no row was restored, but the tables are made: give the next try an empty database`, {
      cause: error,
    });
  } finally {
    await client.end();
  }
}

/** Only what holds rows is emptied: logs that only grow refuse it, and hold none yet. */
async function empty(client: pg.Client, table: string): Promise<void> {
  const { rowCount } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
  if (rowCount) await client.query(`DELETE FROM ${table}`);
}

/** What the folder says that it holds. Rejects unless each file is the one that was backed up. */
export async function readBackup(from: string): Promise<Manifest> {
  let text: string;
  try {
    text = readFileSync(join(from, MANIFEST), 'utf8');
  } catch {
    throw new Error(`${from} has no ${MANIFEST}: it is no backup, or one that was cut short`);
  }
  const manifest = manifestSchema.parse(JSON.parse(text));
  for (const { name, sha256 } of manifest.tables) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(from, fileOf(name))), hash);
    if (hash.digest('hex') !== sha256) throw new Error(`${fileOf(name)} is not the file that was backed up`);
  }
  return manifest;
}

async function makeSchema(url: string, { migrations }: Manifest): Promise<void> {
  const known = await loadMigrations();
  const strange = migrations.filter((name) => !known.some((each) => each.name === name));
  if (strange.length > 0) throw new Error(`it comes from a newer release: ${strange[0]} is not known here`);
  const wanted = known.filter(({ name }) => migrations.includes(name));
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    synchronize: false,
    migrationsTableName: 'migrations',
    migrations: wanted,
  });
  await dataSource.initialize();
  try {
    const tables: unknown[] = await dataSource.query(
      `SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`,
    );
    if (tables.length > 0) throw new Error('the database is not empty: restore into one that is');
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function load(
  client: pg.Client,
  { name, columns, rows }: Manifest['tables'][number],
  from: string,
): Promise<void> {
  const copy: Writable & { rowCount?: number } = client.query(
    copyFrom(`COPY ${pg.escapeIdentifier(name)} (${columns.join(', ')}) FROM STDIN`),
  );
  await pipeline(createReadStream(join(from, fileOf(name))), createGunzip(), copy);
  if (copy.rowCount !== rows) throw new Error(`${name}: ${copy.rowCount} rows came of ${rows}`);
}
