import type { Hex } from '../kernel/hex.js';
import type { ColumnType } from './chain-table.js';

/** PostgreSQL's text form of a value, before it is escaped for a COPY line or an array; null stays null. */
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
  return `{${items.map((item) => (item === null ? 'NULL' : `"${escape(item, ARRAY_SPECIALS)}"`)).join(',')}}`;
}

/** Writes one kind of column as a field of a line of COPY in text format. */
export function copyWriter(type: ColumnType): (value: unknown) => string {
  const written = (value: unknown) => {
    // Bytes and numbers hold nothing that would have to be escaped, and are most of what is copied.
    if (type === 'bytea') return `\\\\x${(value as Hex).slice(2)}`;
    if (type === 'int4' || type === 'int8') return `${value as number}`;
    return copyField(columnText(type, value)!);
  };
  return (value) => (value === null || value === undefined ? '\\N' : written(value));
}

/** Text as a field of a line of COPY. */
export function copyField(text: string): string {
  return COPY_SPECIALS.test(text) ? text.replace(COPY_SPECIALS_ALL, (each) => COPY_ESCAPES[each]!) : text;
}

const ARRAY_SPECIALS = /["\\]/;
const COPY_SPECIALS = /[\\\t\n\r]/;
const COPY_SPECIALS_ALL = /[\\\t\n\r]/g;
const COPY_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escape(text: string, specials: RegExp): string {
  return specials.test(text) ? text.replace(/["\\]/g, '\\$&') : text;
}

function byteaText(hex: Hex): string {
  return `\\x${hex.slice(2)}`;
}
