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

/** `at` as rows of logs are hashed, in SQL. */
export const AT_TEXT = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`;

/** Columns of {@link AuditRow} in SQL. */
export const AUDIT_COLUMNS = `id::text, ${AT_TEXT}, actor, action, object, outcome, request_id, facts`;

/** What of a row is hashed: its columns in order. */
export function auditValues(row: AuditRow): readonly unknown[] {
  const { id, at, actor, action, object, outcome, request_id: requestId, facts } = row;
  return [id, at, actor, action, object, outcome, requestId, facts];
}
