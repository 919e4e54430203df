import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readCheckpoint } from './checkpoint.js';
import type { BlockRef } from './index-head.js';

/** What a chain-derived table holds. */
export interface TableChecksum {
  readonly table: string;
  readonly rows: number;
  /** Over all rows in the order of their keys, columns in the order of their names; JSON as `jsonb` writes it, however it was written. */
  readonly sha256: string;
}

/** All chain-derived tables as of one indexed block. */
export interface IndexChecksum {
  readonly block: BlockRef;
  readonly tables: TableChecksum[];
}

interface Shape {
  readonly table: string;
  readonly columns: string[];
  readonly key: string[];
}

/**
 * Checksums of all chain-derived tables, by name, all as of one moment. Two nodes of a consortium that have indexed the
 * same block give the same ones, however they came there.
 */
export async function chainChecksum(pool: pg.Pool): Promise<TableChecksum[]> {
  return (await indexChecksum(pool)).tables;
}

/** The same, with the block. Reads every row: some seconds for a million. */
export async function indexChecksum(pool: pg.Pool): Promise<IndexChecksum> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<Shape>(`
      SELECT c.relname AS table,
        array_agg(quote_ident(a.attname) || CASE a.atttypid WHEN 'json'::regtype THEN '::jsonb' ELSE '' END
          ORDER BY a.attname) AS columns,
        array_agg(quote_ident(a.attname) ORDER BY array_position(i.indkey::int2[], a.attnum))
          FILTER (WHERE a.attnum = ANY (i.indkey)) AS key
      FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relname LIKE 'chain\\_%'
      GROUP BY c.relname ORDER BY c.relname COLLATE "C"`);
    const tables: TableChecksum[] = [];
    for (const shape of rows) tables.push(await checksum(client, shape));
    return { block: await readCheckpoint(client), tables };
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
  }
}

async function checksum(client: pg.ClientBase, { table, columns, key }: Shape): Promise<TableChecksum> {
  const hash = createHash('sha256');
  let rows = 0;
  const query = `SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${key.join(', ')}`;
  await pipeline(client.query(copyTo(`COPY (${query}) TO STDOUT`)), async (lines: AsyncIterable<Buffer>) => {
    for await (const chunk of lines) {
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++;
    }
  });
  return { table, rows, sha256: hash.digest('hex') };
}
