import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { AnchoredHead } from '../domain/judge-log.js';
import type { LogHead } from '../domain/log-root.js';

/** A head of this member's access log that was sent to the chain. */
export interface SentHead extends LogHead {
  readonly root: Hex;
  readonly submission: string;
  /** Block time, seconds. */
  readonly sentAt: number;
}

/** The same with where the chain has it. */
export interface LogAnchor extends SentHead {
  /** Among those sent, rising. */
  readonly place: string;
  /** Null while the chain has it not. */
  readonly batch: number | null;
  readonly block: number | null;
}

interface Row {
  readonly place: string;
  readonly position: string;
  readonly hash: Buffer;
  readonly salt: Buffer;
  readonly root: Buffer;
  readonly submission: string;
  readonly sent_at: string;
  readonly batch: string | null;
  readonly block: string | null;
}

/** Heads of access logs: this member's as it sent them, everyone's as the chain has them. */
@Injectable()
export class LogAnchors {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async add({ position, hash, salt, root, submission, sentAt }: SentHead): Promise<void> {
    await this.query(
      'INSERT INTO access_log_anchors (position, hash, salt, root, submission, sent_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [position, toBytes(hash), toBytes(salt), toBytes(root), submission, sentAt],
    );
  }

  /** The last one sent. */
  async last(): Promise<LogAnchor | undefined> {
    return (await this.latest(0, 1))[0];
  }

  /** The last ones sent, latest first, up to `limit` before the place `before`; `member` is this member. */
  async latest(member: number, limit: number, before?: string): Promise<LogAnchor[]> {
    const rows = await this.query<Row>(
      `SELECT a.place, a.position, a.hash, a.salt, a.root, a.submission, a.sent_at, c.batch, c.anchored_block AS block
       FROM access_log_anchors a LEFT JOIN chain_anchors c ON c.member = $1 AND c.root = a.root
       WHERE $3::int8 IS NULL OR a.place < $3
       ORDER BY a.place DESC LIMIT $2`,
      [member, limit, before ?? null],
    );
    return rows.map((row) => ({
      place: row.place,
      position: Number(row.position),
      hash: toHex(row.hash),
      salt: toHex(row.salt),
      root: toHex(row.root),
      submission: row.submission,
      sentAt: Number(row.sent_at),
      batch: row.batch === null ? null : Number(row.batch),
      block: row.block === null ? null : Number(row.block),
    }));
  }

  /** What the chain has of a member's heads: its batches of one. */
  async anchoredBy(member: number): Promise<AnchoredHead[]> {
    const rows = await this.query<{ batch: string; root: Buffer }>(
      'SELECT batch, root FROM chain_anchors WHERE member = $1 AND leaves = 1 ORDER BY batch',
      [member],
    );
    return rows.map(({ batch, root }) => ({ batch: Number(batch), root: toHex(root) }));
  }

  /** Block time of the registries' first event; undefined while none is indexed. */
  async chainBegan(): Promise<number | undefined> {
    const [row] = await this.query<{ at: string }>(
      'SELECT block_time AS at FROM chain_events ORDER BY block, log_index LIMIT 1',
      [],
    );
    return row && Number(row.at);
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
