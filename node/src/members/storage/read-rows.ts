import type { ChainTable } from '../../indexer/index.js';
import { toHex } from '../../kernel/hex.js';

/** Rows as the driver gives them (bytes as Buffer, int8 as string) in the form that the table's row type has. */
export function readRows<Row>(table: ChainTable<Row>, rows: readonly Record<string, unknown>[]): Row[] {
  const columns = Object.entries<string>(table.columns);
  return rows.map((row) => Object.fromEntries(columns.map(([name, type]) => [name, read(type, row[name])])) as Row);
}

function read(type: string, value: unknown): unknown {
  if (value === null) return null;
  if (type === 'bytea') return toHex(value as Buffer);
  return type === 'int8' ? Number(value) : value;
}
