import { createHash } from 'node:crypto';
import type { UnitOfWork } from '../database/index.js';

const BATCH = 5000;

/** Hash before the first row. */
export const GENESIS = Buffer.alloc(32);

/** SHA-256(previous || JSON array of the row's columns in order). */
export function hashOf(previous: Buffer, columns: readonly unknown[]): Buffer {
  return createHash('sha256').update(previous).update(JSON.stringify(columns)).digest();
}

/** How far a log is chained. */
export interface LogHead {
  /** Rows chained so far. */
  readonly position: number;
  /** Hash of the last one, hex. */
  readonly hash: string;
}

export interface LogVerdict extends LogHead {
  readonly intact: boolean;
  /** Position of the first row that does not fit its hash, if any. */
  readonly brokenAt: number | null;
}

/** A chained row as it is hashed: whoever has it and the hash before it can compute its hash. */
export interface ChainedRow {
  readonly position: number;
  readonly values: readonly unknown[];
}

/** A log's table: columns `id`, `position` and `hash`, and what of a row is hashed. */
export interface LogTable<Row> {
  readonly name: string;
  /** Advisory lock of whoever seals it: any number, the same in each process, another one for each log. */
  readonly lock: number;
  /** Columns of `Row` in SQL, the id as text. */
  readonly columns: string;
  /** What of a row is hashed, in order. */
  values(row: Row): readonly unknown[];
}

/**
 * Chains the rows of a log by hash. Writers do not: each would hold the head's lock until its commit, and all writes
 * would queue up behind one another. Rows are chained in the order in which a sealer first sees them.
 */
export abstract class HashChain<Row extends { readonly id: string }> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly log: LogTable<Row>,
  ) {}

  /** Chains all committed rows that are not yet; one process at a time. */
  async seal(): Promise<LogHead> {
    for (;;) {
      const { head, sealed } = await this.unitOfWork.run(() => this.sealBatch());
      if (sealed < BATCH) return head;
    }
  }

  /** Seals, then recomputes the whole chain. */
  async verify(): Promise<LogVerdict> {
    const head = await this.seal();
    let previous: Buffer = GENESIS;
    let position = 0;
    while (position < head.position) {
      const rows = await this.query<(Row & { position: string; hash: Buffer })[]>(
        `SELECT ${this.log.columns}, position, hash FROM ${this.log.name} WHERE position > $1 ORDER BY position LIMIT ${BATCH}`,
        [position],
      );
      for (const row of rows) {
        const hash = hashOf(previous, this.log.values(row));
        if (Number(row.position) !== ++position || !hash.equals(row.hash))
          return { ...head, intact: false, brokenAt: position };
        previous = hash;
      }
      if (rows.length === 0) return { ...head, intact: false, brokenAt: position + 1 };
    }
    return { ...head, intact: true, brokenAt: null };
  }

  /** Hash of the row at `position`, hex; of no row before the first. Undefined when nothing is there. */
  async hashAt(position: number): Promise<string | undefined> {
    if (position === 0) return GENESIS.toString('hex');
    const [row] = await this.query<{ hash: Buffer }[]>(`SELECT hash FROM ${this.log.name} WHERE position = $1`, [
      position,
    ]);
    return row?.hash.toString('hex');
  }

  /** Up to `limit` chained rows after `position`, as they stand. */
  async rowsAfter(position: number, limit: number): Promise<ChainedRow[]> {
    const rows = await this.query<(Row & { position: string })[]>(
      `SELECT ${this.log.columns}, position FROM ${this.log.name} WHERE position > $1 ORDER BY position LIMIT $2`,
      [position, limit],
    );
    return rows.map((row) => ({ position: Number(row.position), values: this.log.values(row) }));
  }

  private async sealBatch(): Promise<{ head: LogHead; sealed: number }> {
    const { name, lock, columns } = this.log;
    await this.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    const [last] = await this.query<{ position: string; hash: Buffer }[]>(
      `SELECT position, hash FROM ${name} WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1`,
    );
    const rows = await this.query<Row[]>(
      `SELECT ${columns} FROM ${name} WHERE position IS NULL ORDER BY ${name}.id LIMIT ${BATCH}`,
    );
    const first = Number(last?.position ?? 0) + 1;
    let hash = last?.hash ?? GENESIS;
    const hashes = rows.map((row) => (hash = hashOf(hash, this.log.values(row))));
    if (rows.length > 0) {
      await this.query(
        `UPDATE ${name} a SET position = s.position, hash = s.hash
           FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS s(id, position, hash) WHERE a.id = s.id`,
        [rows.map((row) => row.id), rows.map((_, index) => first + index), hashes],
      );
    }
    return { head: { position: first + rows.length - 1, hash: hash.toString('hex') }, sealed: rows.length };
  }

  private query<T>(sql: string, parameters?: unknown[]): Promise<T> {
    return this.unitOfWork.manager.query<T>(sql, parameters);
  }
}
