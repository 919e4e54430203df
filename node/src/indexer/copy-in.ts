import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ChainTableShape } from './chain-table.js';
import { copyWriter } from './column-text.js';
import { CopyLines } from './copy-lines.js';

/** Sends lines of COPY in text format. */
export async function copyIn(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  lines: Buffer,
): Promise<void> {
  if (!lines.length) return;
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from([lines]), stream);
}

/** Rows of a chain-derived table as lines of COPY. */
export function rowLines({ columns }: ChainTableShape, rows: readonly Readonly<Record<string, unknown>>[]): Buffer {
  const writers = Object.entries(columns).map(([name, type]) => ({ name, write: copyWriter(type) }));
  const lines = new CopyLines();
  for (const row of rows) {
    let line = '';
    let separator = '';
    for (const { name, write } of writers) {
      line += separator + write(row[name]);
      separator = '\t';
    }
    lines.add(`${line}\n`);
  }
  return lines.bytes();
}

/** Lines of COPY, one made of each item. */
export function linesOf<T>(items: readonly T[], line: (item: T) => string): Buffer {
  const lines = new CopyLines();
  for (const item of items) lines.add(line(item));
  return lines.bytes();
}
