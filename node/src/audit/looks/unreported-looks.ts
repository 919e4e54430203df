import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import type { Hex } from '../../kernel/hex.js';
import { LOOK_COLUMNS, type LookRow } from './row.js';

/** A look of this member's users as its owners are told: without which user it was. */
export interface ToldLook {
  readonly seenAt: string;
  readonly block: number;
  readonly object: Hex;
  readonly root: Hex | null;
  readonly fields: string[];
  readonly grant: Hex;
  readonly purpose: string | null;
  readonly outcome: string;
}

/** Looks at this node of which owners have not been told. */
@Injectable()
export class UnreportedLooks {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The last of them, undefined when there is none. */
  async last(): Promise<string | undefined> {
    const [row] = await this.unitOfWork.manager.query<{ id: string | null }[]>(
      'SELECT max(id)::text AS id FROM looks_to_report',
    );
    return row?.id ?? undefined;
  }

  /**
   * Takes up to `looks`, none after the one with which their paths have `bytes`, and none after `last`, oldest first; they count as told once
   * the current unit of work commits.
   */
  async take({ looks, bytes }: { readonly looks: number; readonly bytes: number }, last: string): Promise<ToldLook[]> {
    const { manager } = this.unitOfWork;
    const [taken] = await manager.query<[{ id: string }[], number]>(
      // By index, each: what waits is little of a log that only grows, and as a join PostgreSQL would read all of that.
      `DELETE FROM looks_to_report WHERE id = ANY(ARRAY(
         SELECT id FROM (
           SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS bytes_before
           FROM (SELECT id FROM looks_to_report WHERE id <= $3 ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) waiting
           CROSS JOIN LATERAL (SELECT octet_length(fields) AS bytes FROM access_log l WHERE l.id = waiting.id OFFSET 0) look) sized
         WHERE bytes_before < $2)) RETURNING id`,
      [looks, bytes, last],
    );
    const rows = await manager.query<LookRow[]>(
      `SELECT ${LOOK_COLUMNS} FROM access_log WHERE id = ANY($1::bigint[]) ORDER BY access_log.id`,
      [taken.map(({ id }) => id)],
    );
    return rows.map(({ at, block, object, root, fields, grant_id: grant, purpose, outcome }) => ({
      seenAt: at,
      block: Number(block),
      object: object as Hex,
      root: root as Hex | null,
      fields: JSON.parse(fields) as string[],
      grant: grant as Hex,
      purpose,
      outcome,
    }));
  }
}
