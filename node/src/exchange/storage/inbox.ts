import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { ProblemRecord } from '../../kernel/problem.js';
import { AtRest } from '../../kernel/at-rest.js';
import type { Envelope } from '../domain/envelope.js';
import { decodeSigned } from '../domain/open.js';

/** An authentic envelope and what this node answers to it. */
export interface Arrival {
  readonly envelope: Envelope;
  /** further objects, and roots of documents, that its body names */
  readonly carries: readonly Hex[];
  /** the envelope as its sender signed it: evidence that it sent this */
  readonly signed: string;
  readonly signer: Hex;
  readonly hash: Hex;
  /** signed receipt, given again to each repeat */
  readonly receipt: string;
  readonly receivedAt: Date;
  readonly block: number;
  /** why it is set aside; absent when it was handled */
  readonly reason?: ProblemRecord;
}

/** A letter of which is not known yet what it carries. */
export interface UnreadLetter {
  readonly seq: number;
  readonly type: string;
  readonly body: string;
}

/** An envelope that waits for the operator. */
export interface SetAsideArrival {
  readonly from: number;
  readonly id: string;
  readonly signed: string;
}

/** Of the advisory lock that arrivals share: what is erased while they come in is kept of none. */
const ARRIVALS = 0x6c657474;

/** Envelopes received, one row each for as long as letters are kept: by it repeats and replays are told. */
@Injectable()
export class Inbox {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly atRest: AtRest,
  ) {}

  /** The receipt given for an envelope before, if it was received. */
  async receiptOf({ from, id }: Pick<Envelope, 'from' | 'id'>): Promise<string | undefined> {
    const [row] = await this.query<{ receipt: string }>(
      'SELECT receipt FROM exchange_inbox WHERE from_member = $1 AND id = $2',
      [from, id],
    );
    return row?.receipt;
  }

  /**
   * Notes an arrival, without its content. False when it was noted before; waits for a concurrent note of the same envelope.
   * {@link keep} is to follow.
   */
  async add({ envelope, carries, signer, hash, receipt, receivedAt, block, reason }: Arrival): Promise<boolean> {
    const { from, id, type, object } = envelope;
    const rows = await this.query(
      `INSERT INTO exchange_inbox (from_member, id, type, object, hash, signer, status, reason_code, reason,
         receipt, received_at, received_block, settled_at, carries)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, CASE WHEN $8::text IS NULL THEN now() END, $13
       FROM pg_advisory_xact_lock_shared(${ARRIVALS})
       ON CONFLICT DO NOTHING RETURNING seq`,
      [
        from,
        id,
        type,
        toBytes(object),
        toBytes(hash),
        toBytes(signer),
        reason ? 'SET_ASIDE' : 'HANDLED',
        reason?.code ?? null,
        reason ? this.atRest.encrypt(`${from}:${id}:reason`, JSON.stringify(reason)) : null,
        receipt,
        receivedAt,
        block,
        carries.map(toBytes),
      ],
    );
    return rows.length > 0;
  }

  /**
   * Keeps the content of an arrival of this unit of work: once it is taken in, since what is undone fills the disk too. Not of one
   * that carries what was erased here; was that to wait for the operator, it is discarded. Whether it is kept.
   */
  async keep({ envelope: { from, id, object }, carries, signed }: Arrival): Promise<boolean> {
    const [[row]] = await this.update<{ kept: boolean }>(
      `UPDATE exchange_inbox SET
         signed = CASE WHEN NOT erased THEN $4::bytea END,
         reason = CASE WHEN NOT erased THEN reason END,
         status = CASE WHEN erased AND status = 'SET_ASIDE' THEN 'DISCARDED' ELSE status END,
         settled_at = CASE WHEN erased THEN coalesce(settled_at, now()) ELSE settled_at END
       FROM (SELECT EXISTS (SELECT FROM exchange_forgotten f WHERE f.id = ANY($3)) AS erased) its
       WHERE from_member = $1 AND id = $2 RETURNING signed IS NOT NULL AS kept`,
      [from, id, [object, ...carries].map(toBytes), this.atRest.encrypt(`${from}:${id}`, signed)],
    );
    return row!.kept;
  }

  /** How many envelopes of a sender wait for the operator. */
  async countSetAside(from: number): Promise<number> {
    const [row] = await this.query<{ count: number }>(
      `SELECT count(*)::int4 AS count FROM exchange_inbox WHERE from_member = $1 AND status = 'SET_ASIDE'`,
      [from],
    );
    return row!.count;
  }

  /** Takes an envelope that is set aside, and keeps others from it until the unit of work ends. */
  async takeSetAside(seq: number): Promise<SetAsideArrival | undefined> {
    const [row] = await this.query<{ from_member: number; id: string; signed: Buffer }>(
      `SELECT from_member, id, signed FROM exchange_inbox WHERE seq = $1 AND status = 'SET_ASIDE' FOR UPDATE`,
      [seq],
    );
    if (!row) return undefined;
    const { from_member: from, id, signed } = row;
    return { from, id, signed: this.atRest.decrypt(`${from}:${id}`, signed) };
  }

  /** Ends an envelope that was set aside. What was signed is kept when it was handled, not when it is discarded. */
  async settle(seq: number, status: 'HANDLED' | 'DISCARDED'): Promise<void> {
    await this.query(
      `UPDATE exchange_inbox SET status = $2, settled_at = now(), reason = NULL,
         signed = CASE $2 WHEN 'HANDLED' THEN signed END
       WHERE seq = $1`,
      [seq, status],
    );
  }

  /**
   * Empties what carries any of these and is done with, and notes that they were erased; that it came, its hash and its receipt stay.
   * Waits for arrivals that are just coming in, and they for the end of the unit of work.
   */
  async forgo(ids: readonly Hex[]): Promise<void> {
    await this.query('SELECT pg_advisory_xact_lock($1)', [ARRIVALS]);
    await this.query('INSERT INTO exchange_forgotten SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING', [
      ids.map(toBytes),
    ]);
    await this.query(
      `UPDATE exchange_inbox SET signed = NULL
       WHERE (object = ANY($1) OR carries && $1) AND status = 'HANDLED' AND signed IS NOT NULL`,
      [ids.map(toBytes)],
    );
  }

  /** Up to `limit` letters of these types of which is not noted what they carry, kept from others until the unit of work ends. */
  async unread(types: readonly string[], limit: number): Promise<UnreadLetter[]> {
    const rows = await this.query<{ seq: string; from_member: number; id: string; type: string; signed: Buffer }>(
      `SELECT seq, from_member, id, type, signed FROM exchange_inbox
       WHERE type = ANY($1) AND carries IS NULL AND signed IS NOT NULL ORDER BY type, seq LIMIT $2 FOR UPDATE`,
      [types, limit],
    );
    return rows.map(({ seq, from_member: from, id, type, signed }) => ({
      seq: Number(seq),
      type,
      body: decodeSigned(this.atRest.decrypt(`${from}:${id}`, signed)).body,
    }));
  }

  /** Notes what a letter carries; one that is done with is emptied where that was erased before. */
  async noteCarried(seq: number, carries: readonly Hex[]): Promise<void> {
    await this.query(
      `UPDATE exchange_inbox SET carries = $2, signed = CASE WHEN status = 'HANDLED'
           AND EXISTS (SELECT FROM exchange_forgotten f WHERE f.id = object OR f.id = ANY($2)) THEN NULL ELSE signed END
       WHERE seq = $1`,
      [seq, carries.map(toBytes)],
    );
  }

  /** Deletes up to `limit` that were done with `days` ago; returns how many. Whoever sent one gave up its repeats long before. */
  async forget(days: number, limit: number): Promise<number> {
    const rows = await this.query<{ n: number }>(
      `WITH gone AS (
         DELETE FROM exchange_inbox WHERE seq = ANY (ARRAY(
           SELECT seq FROM exchange_inbox
           WHERE status IN ('HANDLED', 'DISCARDED') AND settled_at < now() - make_interval(days => $1) LIMIT $2))
         RETURNING 1)
       SELECT count(*)::int4 AS n FROM gone`,
      [days, limit],
    );
    return rows[0]!.n;
  }

  private update<T>(sql: string, parameters: unknown[]): Promise<[rows: T[], changed: number]> {
    return this.unitOfWork.manager.query<[T[], number]>(sql, parameters);
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
