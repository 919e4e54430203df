import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../database/index.js';
import { AUDIT_COLUMNS, type AuditRow } from './row.js';

export type AuditRecord = AuditRow & { readonly position: string | null; readonly hash: Buffer | null };

export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  /** Only rows before this id. */
  readonly before?: string;
  readonly limit: number;
}

/** Reads the audit log, newest first. */
@Injectable()
export class AuditLogQueries {
  constructor(@Inject(PG_POOL) private readonly pool: pg.Pool) {}

  async list({ actor, action, object, before, limit }: AuditFilter): Promise<AuditRecord[]> {
    const { rows } = await this.pool.query<AuditRecord>(
      `SELECT ${AUDIT_COLUMNS}, position, hash FROM audit_log
        WHERE ($1::text IS NULL OR actor = $1) AND ($2::text IS NULL OR action = $2) AND ($3::text IS NULL OR object = $3)
          AND ($4::bigint IS NULL OR id < $4)
        ORDER BY audit_log.id DESC LIMIT $5`,
      [actor, action, object, before, limit],
    );
    return rows;
  }
}
