import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { ProblemRecord } from '../../kernel/problem.js';
import { AtRest } from '../../kernel/at-rest.js';
import type { Envelope } from '../domain/envelope.js';

/** An authentic envelope and what this node answers to it. */
export interface Arrival {
  readonly envelope: Envelope;
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

/** An envelope that waits for the operator. */
export interface SetAsideArrival {
  readonly from: number;
  readonly id: string;
  readonly signed: string;
}

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

  /** Notes an arrival. False when it was noted before; waits for a concurrent note of the same envelope. */
  async add({ envelope, signed, signer, hash, receipt, receivedAt, block, reason }: Arrival): Promise<boolean> {
    const { from, id, type, object } = envelope;
    const row = `${from}:${id}`;
    const rows = await this.query(
      `INSERT INTO exchange_inbox (from_member, id, type, object, hash, signed, signer, status, reason_code, reason,
         receipt, received_at, received_block, settled_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, CASE WHEN $9::text IS NULL THEN now() END)
       ON CONFLICT DO NOTHING RETURNING seq`,
      [
        from,
        id,
        type,
        toBytes(object),
        toBytes(hash),
        this.atRest.encrypt(row, signed),
        toBytes(signer),
        reason ? 'SET_ASIDE' : 'HANDLED',
        reason?.code ?? null,
        reason ? this.atRest.encrypt(`${row}:reason`, JSON.stringify(reason)) : null,
        receipt,
        receivedAt,
        block,
      ],
    );
    return rows.length > 0;
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

  /** Empties what was received about an object and is done with; that it came, its hash and its receipt stay. */
  async empty(object: Hex): Promise<void> {
    await this.query(
      `UPDATE exchange_inbox SET signed = NULL WHERE object = $1 AND status = 'HANDLED' AND signed IS NOT NULL`,
      [toBytes(object)],
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

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
