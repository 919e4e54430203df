import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** A head of the access log that was sent to the chain. */
export interface LogAnchor {
  readonly position: number;
  /** Hash of the row at this position then. */
  readonly hash: Hex;
  readonly salt: Hex;
  /** What is on chain: the leaf of (salt, `/access-log/<position>`, hash), a tree of one. */
  readonly root: Hex;
  readonly submission: string;
  /** Seconds since it was sent. */
  readonly age: number;
  /** Where the chain has it; null while it has not. */
  readonly batch: number | null;
  readonly block: number | null;
  /** Hash of the row that is at this position now; null when there is none any more. */
  readonly now: Hex | null;
}

interface Row {
  readonly position: string;
  readonly hash: Buffer;
  readonly salt: Buffer;
  readonly root: Buffer;
  readonly submission: string;
  readonly age: string;
  readonly batch: string | null;
  readonly block: string | null;
  readonly now: Buffer | null;
}

/** Heads of this member's access log, as sent and as the chain has them. */
@Injectable()
export class LogAnchors {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async add({
    position,
    hash,
    salt,
    root,
    submission,
  }: Omit<LogAnchor, 'age' | 'batch' | 'block' | 'now'>): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO access_log_anchors (position, hash, salt, root, submission) VALUES ($1, $2, $3, $4, $5)',
      [position, toBytes(hash), toBytes(salt), toBytes(root), submission],
    );
  }

  /** The last ones sent, latest first. */
  async latest(member: number, limit: number): Promise<LogAnchor[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT a.position, a.hash, a.salt, a.root, a.submission, l.hash AS now, c.batch, c.anchored_block AS block,
              extract(epoch FROM clock_timestamp() - a.sent_at) AS age
       FROM access_log_anchors a
       LEFT JOIN access_log l ON l.position = a.position
       LEFT JOIN chain_anchors c ON c.member = $1 AND c.root = a.root
       ORDER BY a.place DESC LIMIT $2`,
      [member, limit],
    );
    return rows.map((row) => ({
      position: Number(row.position),
      hash: toHex(row.hash),
      salt: toHex(row.salt),
      root: toHex(row.root),
      submission: row.submission,
      age: Number(row.age),
      batch: row.batch === null ? null : Number(row.batch),
      block: row.block === null ? null : Number(row.block),
      now: row.now && toHex(row.now),
    }));
  }

  /** Number of the member's next batch. */
  async nextBatch(member: number): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ next: string }[]>(
      'SELECT coalesce(max(batch), 0) + 1 AS next FROM chain_anchors WHERE member = $1',
      [member],
    );
    return Number(row!.next);
  }
}
