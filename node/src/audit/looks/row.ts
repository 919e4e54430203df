import { AT_TEXT } from '../row.js';

/** A row of the access log as it is hashed; times RFC 3339 in UTC with milliseconds, ids 0x hex, `id` decimal. */
export interface LookRow {
  readonly id: string;
  readonly at: string;
  readonly block: string;
  readonly viewer: string;
  readonly reader: string | null;
  readonly object: string;
  readonly root: string | null;
  /** JSON text, as it was written. */
  readonly fields: string;
  readonly grant_id: string | null;
  readonly purpose: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly seen_at: string | null;
  readonly envelope: string | null;
  readonly request_id: string | null;
}

const hex = (column: string) => `'0x' || encode(${column}, 'hex') AS ${column}`;

/** Columns of {@link LookRow} in SQL. */
export const LOOK_COLUMNS = `id::text, ${AT_TEXT}, block::text, viewer, reader, ${hex('object')}, ${hex('root')}, fields,
  ${hex('grant_id')}, purpose, outcome, reason, seen_at, envelope, request_id`;

/** What of a row is hashed: its columns in order. */
export function lookValues(row: LookRow): readonly unknown[] {
  const { id, at, block, viewer, reader, object, root, fields, grant_id: grant, purpose, outcome, reason } = row;
  const { seen_at: seenAt, envelope, request_id: requestId } = row;
  const seen = [id, at, block, viewer, reader, object, root, fields];
  return [...seen, grant, purpose, outcome, reason, seenAt, envelope, requestId];
}
