import type pg from 'pg';
import type { ChainTable, ChainTableShape } from './chain-table.js';
import { arrayText, columnText } from './column-text.js';
import { readRows } from './read-rows.js';
import type { LoadRows } from './row-cache.js';

/** Reads rows of chain-derived tables by key, any number in one query. */
export function loadRowsFrom(pool: pg.Pool): LoadRows {
  return async (table, keys) => {
    const { rows } = await pool.query<Record<string, unknown>>(
      selection(table),
      table.key.map((column) => arrayText(keys.map((key) => columnText(table.columns[column]!, key[column])))),
    );
    return readRows(table as ChainTable<Record<string, unknown>>, rows);
  };
}

function selection({ name, key, columns }: ChainTableShape): string {
  const list = Object.keys(columns).map((column) => `t.${column}`);
  const given = key.map((column, index) => `$${index + 1}::${columns[column]}[]`);
  const match = key.map((column) => `t.${column} = k.${column}`);
  return `SELECT ${list.join(', ')} FROM unnest(${given.join(', ')}) k(${key.join(', ')}) JOIN ${name} t ON ${match.join(' AND ')}`;
}
