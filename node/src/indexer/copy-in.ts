import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ChainTableShape } from './chain-table.js';
import { copyWriter } from './column-text.js';

/** Sends lines of COPY in text format. */
export async function copyIn(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  lines: string,
): Promise<void> {
  if (!lines) return;
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from([Buffer.from(lines)]), stream);
}

/** Rows of a chain-derived table as lines of COPY. */
export function copyLines({ columns }: ChainTableShape, rows: readonly Readonly<Record<string, unknown>>[]): string {
  const writers = Object.entries(columns).map(([name, type]) => ({ name, write: copyWriter(type) }));
  let lines = '';
  for (const row of rows) {
    let separator = '';
    for (const { name, write } of writers) {
      lines += separator + write(row[name]);
      separator = '\t';
    }
    lines += '\n';
  }
  return lines;
}
