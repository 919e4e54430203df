import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { PG_POOL } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { LOOK_COLUMNS, type LookRow } from './row.js';

export type LookRecord = LookRow & { readonly position: string | null; readonly hash: Buffer | null };

export interface LookFilter {
  readonly object?: Hex;
  readonly grant?: Hex;
  /** Short name of a member. */
  readonly viewer?: string;
  /** Only rows before this id. */
  readonly before?: string;
  readonly limit: number;
}

/** Reads the access log, newest first. */
@Injectable()
export class LookQueries {
  constructor(@Inject(PG_POOL) private readonly pool: pg.Pool) {}

  async list({ object, grant, viewer, before, limit }: LookFilter): Promise<LookRecord[]> {
    const { rows } = await this.pool.query<LookRecord>(
      `SELECT ${LOOK_COLUMNS}, position, hash FROM access_log
        WHERE ($1::bytea IS NULL OR object = $1) AND ($2::bytea IS NULL OR grant_id = $2)
          AND ($3::text IS NULL OR viewer = $3) AND ($4::bigint IS NULL OR id < $4)
        ORDER BY access_log.id DESC LIMIT $5`,
      [object && toBytes(object), grant && toBytes(grant), viewer, before, limit],
    );
    return rows;
  }
}
