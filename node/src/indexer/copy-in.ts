import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CopyRows, type CopyType } from './copy-rows.js';

/** What is copied into a table: its columns' types by their names. */
export type CopyColumns = Readonly<Record<string, CopyType>>;

/** Sends what {@link copied} made. */
export async function copyIn(client: pg.ClientBase, table: string, columns: CopyColumns, rows: Buffer): Promise<void> {
  if (!rows.length) return;
  const names = Object.keys(columns).join(', ');
  const stream = client.query(copyFrom(`COPY ${table} (${names}) FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from([rows]), stream);
}

/** Rows as COPY takes them; what they have beside the columns is left out. */
export function copied(columns: CopyColumns, rows: readonly object[]): Buffer {
  const names = Object.keys(columns);
  if (!rows.length) return Buffer.alloc(0);
  const made = new CopyRows(Object.values(columns), rows.length);
  for (const row of rows) made.add(names.map((name) => (row as Readonly<Record<string, unknown>>)[name]));
  return made.end();
}
