import { createHash } from 'node:crypto';

/** A row of the audit log as it is hashed; `at` is RFC 3339 in UTC with milliseconds, `id` decimal. */
export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly object: string | null;
  readonly outcome: string;
  readonly request_id: string | null;
  /** JSON text, as it was written. */
  readonly facts: string | null;
}

/** Columns of {@link AuditRow} in SQL. */
export const AUDIT_COLUMNS = `id::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
  actor, action, object, outcome, request_id, facts`;

/** Hash before the first row. */
export const GENESIS = Buffer.alloc(32);

/** Hash of a row that follows `previous`: SHA-256(previous || JSON array of the columns in order). */
export function chainHash(previous: Buffer, row: AuditRow): Buffer {
  const { id, at, actor, action, object, outcome, request_id: requestId, facts } = row;
  const text = JSON.stringify([id, at, actor, action, object, outcome, requestId, facts]);
  return createHash('sha256').update(previous).update(text).digest();
}
