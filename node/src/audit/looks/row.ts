import { AT_TEXT } from '../row.js';
import { hashOf } from '../hash-chain.js';

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

/** Hash of a row that follows `previous`: over its columns in order. */
export function lookHash(previous: Buffer, row: LookRow): Buffer {
  const { id, at, block, viewer, reader, object, root, fields, grant_id: grant, purpose, outcome, reason } = row;
  const { seen_at: seenAt, envelope, request_id: requestId } = row;
  const told = [seenAt, envelope, requestId];
  return hashOf(previous, [
    id,
    at,
    block,
    viewer,
    reader,
    object,
    root,
    fields,
    grant,
    purpose,
    outcome,
    reason,
    ...told,
  ]);
}
