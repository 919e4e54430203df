import type { Hex } from '../kernel/hex.js';
import type { ColumnType } from './chain-table.js';

/** PostgreSQL's text form of a value, before it is escaped for an array; null stays null. */
export function columnText(type: ColumnType, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'bytea':
      return byteaText(value as Hex);
    case 'bytea[]':
      return arrayText((value as readonly Hex[]).map(byteaText));
    case 'int4[]':
      return `{${(value as readonly number[]).join(',')}}`;
    case 'jsonb':
      return JSON.stringify(value);
    case 'bool':
      return value === true ? 't' : 'f';
    default:
      return String(value as string | number);
  }
}

/** The same as JSON, from which jsonb_populate_record makes the value again. */
export function columnJson(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'bytea') return byteaText(value as Hex);
  return type === 'bytea[]' ? (value as readonly Hex[]).map(byteaText) : value;
}

/** A one-dimensional array; each item is quoted, null is NULL. */
export function arrayText(items: readonly (string | null)[]): string {
  return `{${items.map((item) => (item === null ? 'NULL' : `"${escape(item)}"`)).join(',')}}`;
}

function escape(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

function byteaText(hex: Hex): string {
  return `\\x${hex.slice(2)}`;
}
