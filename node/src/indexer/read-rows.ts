import { toHex } from '../kernel/hex.js';
import type { ChainTable } from './chain-table.js';

/**
 * Rows of a chain-derived table as the driver gives them (bytes as Buffer, int8 as text) in the form of the table's row
 * type. Other columns of the query are left out.
 */
export function readRows<Row>(table: ChainTable<Row>, rows: readonly Record<string, unknown>[]): Row[] {
  const columns = Object.entries<string>(table.columns);
  return rows.map((row) => {
    const values: Record<string, unknown> = {};
    for (const [name, type] of columns) values[name] = read(type, row[name]);
    return values as Row;
  });
}

function read(type: string, value: unknown): unknown {
  if (value === null) return null;
  if (type === 'bytea') return toHex(value as Buffer);
  if (type === 'bytea[]') return (value as Buffer[]).map(toHex);
  return type === 'int8' ? Number(value) : value;
}
