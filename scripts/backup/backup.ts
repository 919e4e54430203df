import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readCheckpoint } from '../../node/src/indexer/checkpoint.js';
import { onDisk, writeWhole } from '../lib/write-whole.js';
import { fileOf, type Manifest, MANIFEST } from './manifest.js';
import { sequencesOf, type Table, tablesOf } from './tables.js';

export interface BackupOptions {
  readonly databaseUrl: string;
  readonly member: string;
  /** Folder that is not there yet. */
  readonly out: string;
}

/**
 * Copies the node's database as of one moment, while it works. What lies in the vault stays sealed: without the key file
 * a backup opens no document, but names, amounts of submissions and logs of looks are in it, so it is as secret as the
 * database. Of one that fails, or with which this process exits, nothing is left.
 */
export async function backup({ databaseUrl, member, out }: BackupOptions): Promise<Manifest> {
  const folder = resolve(out);
  requireNone(folder);
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  // Its own alone: a backup that is begun meanwhile has another.
  const partial = mkdtempSync(`${folder}.partial-`);
  const discard = () => rmSync(partial, { recursive: true, force: true, maxRetries: 10 });
  process.on('exit', discard);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tradeproof-backup' });
  try {
    await client.connect();
    // Before the moment that is copied: what is done from here on is to be looked at after a restore.
    const at = new Date().toISOString();
    await begin(client);
    const migrations = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    const tables: Manifest['tables'] = [];
    for (const table of await tablesOf(client)) tables.push(await dump(client, table, partial));
    const manifest: Manifest = {
      format: 'tradeproof-backup',
      version: 1,
      member,
      at,
      block: (await readCheckpoint(client)).number,
      migrations: migrations.rows.map(({ name }) => name),
      tables,
      // After the rows: a sequence is not of the snapshot, and must not stand before what a row used.
      sequences: await sequencesOf(client),
    };
    writeWhole(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, 0o600);
    requireNone(folder);
    renameSync(partial, folder);
    onDisk(dirname(folder));
    return manifest;
  } catch (error) {
    discard();
    throw error;
  } finally {
    process.off('exit', discard);
    await client.end();
  }
}

function requireNone(folder: string): void {
  if (existsSync(folder)) throw new Error(`${folder} is there already`);
}

/**
 * The moment that is copied is that of the first query, and what is emptied after it is empty in the copy too: TRUNCATE heeds
 * no snapshot. So all tables are locked against it before there is one.
 */
async function begin(client: pg.Client): Promise<void> {
  const named = (tables: readonly Table[]): string[] => tables.map(({ name }) => pg.escapeIdentifier(name));
  const locked = ['migrations', ...named(await tablesOf(client))];
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query(`LOCK TABLE ${locked.join(', ')} IN ACCESS SHARE MODE`);
  const made = named(await tablesOf(client)).filter((name) => !locked.includes(name));
  if (made.length > 0) throw new Error(`the schema is being migrated (${made[0]} is new): run it again`);
}

async function dump(client: pg.Client, { name, columns }: Table, dir: string): Promise<Manifest['tables'][number]> {
  const hash = createHash('sha256');
  let rows = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++;
      done(null, chunk);
    },
  });
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const query = `COPY ${pg.escapeIdentifier(name)} (${columns.join(', ')}) TO STDOUT`;
  const file = createWriteStream(join(dir, fileOf(name)), { mode: 0o600, flush: true });
  await pipeline(client.query(copyTo(query)), counted, createGzip({ level: 6 }), hashed, file);
  return { name, columns: [...columns], rows, sha256: hash.digest('hex') };
}
