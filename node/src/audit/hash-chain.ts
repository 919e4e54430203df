import { createHash } from 'node:crypto';
import type { UnitOfWork } from '../database/index.js';

/** What is read at once: a row of the access log has the paths of all that was shown, of a large document some 0.5 MB. */
const BATCH: RowLimit = { rows: 5000, bytes: 16 * 1024 * 1024 };

/** Hash before the first row. */
const GENESIS = Buffer.alloc(32);

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

/** As many rows, and as many bytes of their widest column; one row at least. */
export interface RowLimit {
  readonly rows: number;
  readonly bytes: number;
}

/** A log's table: columns `id`, `position` and `hash`, and what of a row is hashed. */
export interface LogTable<Row> {
  readonly name: string;
  /** Advisory lock of whoever seals it: any number, the same in each process, another one for each log. */
  readonly lock: number;
  /** Columns of `Row` in SQL, the id as text. */
  readonly columns: string;
  /** The column of text that has no certain length. */
  readonly widest: string;
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
      const { head, isCut } = await this.unitOfWork.run(() => this.sealBatch());
      // What is written meanwhile is for the next look: with many readers it would never end.
      if (!isCut) return head;
    }
  }

  /** Seals, then recomputes the whole chain. */
  async verify(): Promise<LogVerdict> {
    const head = await this.seal();
    let previous: Buffer = GENESIS;
    let position = 0;
    while (position < head.position) {
      const rows = await this.chainedAfter(position, BATCH);
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

  /** The chained rows after `position`, as they stand. */
  async rowsAfter(position: number, limit: RowLimit): Promise<ChainedRow[]> {
    const rows = await this.chainedAfter(position, limit);
    return rows.map((row) => ({ position: Number(row.position), values: this.log.values(row) }));
  }

  /** Seals the first that are not; `isCut` when there may be more than were taken. */
  private async sealBatch(): Promise<{ head: LogHead; isCut: boolean }> {
    const { name, lock, columns } = this.log;
    await this.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    const [last] = await this.query<{ position: string; hash: Buffer }[]>(
      `SELECT position, hash FROM ${name} WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1`,
    );
    const rows = await this.query<Row[]>(
      `SELECT ${columns} FROM (${this.first('position IS NULL', 'id', BATCH)}) log ORDER BY log.id`,
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
    const isCut = rows.length === BATCH.rows || this.bytesOf(rows) >= BATCH.bytes;
    return { head: { position: first + rows.length - 1, hash: hash.toString('hex') }, isCut };
  }

  private bytesOf(rows: readonly Row[]): number {
    const { widest } = this.log;
    const texts = rows.map((row) => (row as Readonly<Record<string, unknown>>)[widest] as string | null);
    return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text ?? ''), 0);
  }

  private chainedAfter(position: number, limit: RowLimit): Promise<(Row & { position: string; hash: Buffer })[]> {
    const rows = this.first('position > $1', 'position', limit);
    return this.query(`SELECT ${this.log.columns}, position, hash FROM (${rows}) log ORDER BY log.position`, [
      position,
    ]);
  }

  /** The first of these rows by a column, in SQL. Lengths alone are looked at of those that are too many. */
  private first(where: string, by: 'id' | 'position', { rows, bytes }: RowLimit): string {
    const { name, widest } = this.log;
    return `SELECT * FROM (
      SELECT *, sum(length_of_widest) OVER (ORDER BY ${by}) - length_of_widest AS bytes_before
      FROM (SELECT *, coalesce(octet_length(${widest}), 0) AS length_of_widest
              FROM ${name} WHERE ${where} ORDER BY ${by} LIMIT ${rows}) counted) sized
      WHERE bytes_before < ${bytes}`;
  }

  private query<T>(sql: string, parameters?: unknown[]): Promise<T> {
    return this.unitOfWork.manager.query<T>(sql, parameters);
  }
}
