import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { ProblemRecord } from '../../kernel/problem.js';
import { AtRest } from '../../kernel/at-rest.js';
import type { Envelope } from '../domain/envelope.js';
import type { Receipt } from '../domain/receipt.js';
import { TYPE_UNKNOWN } from '../domain/problems.js';
import { Forgotten, HELD, isForgotten } from './forgotten.js';

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
  readonly outcome: Receipt['outcome'];
  /** why it is not taken in */
  readonly reason?: ProblemRecord;
}

/** An envelope that waits for the operator. */
export interface SetAsideArrival {
  readonly from: number;
  readonly id: string;
  /** encrypted at rest, see {@link Inbox.read} */
  readonly signed: Buffer;
}

/** Of either box: that a letter is about, or carries, any of `$1`. By an index of each, whatever the box holds. */
export const CARRIES = '(object = ANY($1) OR carries && $1)';

/** How what was done with an arrival stands in its row. */
const STATUS = { HANDLED: 'HANDLED', SET_ASIDE: 'SET_ASIDE', IN_PARTS: 'DISCARDED' } as const satisfies Record<
  Receipt['outcome'],
  string
>;

/** Envelopes received, one row each for as long as letters are kept: by it repeats and replays are told. */
@Injectable()
export class Inbox {
  private readonly logger = new Logger(Inbox.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly atRest: AtRest,
    private readonly forgotten: Forgotten,
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
   * {@link keep} is to follow unless it is to come in parts. From here on nothing is erased until the unit of work ends, as
   * {@link Forgotten.hold} says.
   */
  async add({
    envelope,
    carries,
    signer,
    hash,
    receipt,
    receivedAt,
    block,
    outcome,
    reason,
  }: Arrival): Promise<boolean> {
    const { from, id, type, object } = envelope;
    const rows = await this.query(
      `INSERT INTO exchange_inbox (from_member, id, type, object, hash, signer, status, reason_code, reason,
         receipt, received_at, received_block, settled_at, carries)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, CASE WHEN $7::text <> 'SET_ASIDE' THEN now() END, $13
       WHERE ${HELD}
       ON CONFLICT DO NOTHING RETURNING seq`,
      [
        from,
        id,
        type,
        toBytes(object),
        toBytes(hash),
        toBytes(signer),
        STATUS[outcome],
        reason?.code ?? null,
        outcome === 'SET_ASIDE' ? this.atRest.encrypt(`${from}:${id}:reason`, JSON.stringify(reason)) : null,
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
       FROM (SELECT ${isForgotten('$3')} AS erased) its
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

  /** Whether a letter of this type about an object, of that sender, waits for the operator. */
  async isSetAside({ from, type, object }: Pick<Envelope, 'from' | 'type' | 'object'>): Promise<boolean> {
    const rows = await this.query(
      `SELECT FROM exchange_inbox WHERE object = $1 AND type = $2 AND from_member = $3 AND status = 'SET_ASIDE' LIMIT 1`,
      [toBytes(object), type, from],
    );
    return rows.length > 0;
  }

  /** Takes an envelope that is set aside, and keeps others from it until the unit of work ends. */
  async takeSetAside(seq: number): Promise<SetAsideArrival | undefined> {
    await this.forgotten.hold();
    const [row] = await this.query<{ from_member: number; id: string; signed: Buffer }>(
      `SELECT from_member, id, signed FROM exchange_inbox WHERE seq = $1 AND status = 'SET_ASIDE' FOR UPDATE`,
      [seq],
    );
    if (!row) return undefined;
    return { from: row.from_member, id: row.id, signed: row.signed };
  }

  /** The envelope as its sender signed it. Throws when the row was tampered with. */
  read({ from, id, signed }: SetAsideArrival): string {
    return this.atRest.decrypt(`${from}:${id}`, signed);
  }

  /**
   * Ends an envelope that was set aside, filed by what it `carries`, if that is said. What was signed is kept when it was handled and
   * carries nothing that was erased.
   */
  async settle(seq: number, status: 'HANDLED' | 'DISCARDED', carries?: readonly Hex[]): Promise<void> {
    await this.query(
      `UPDATE exchange_inbox SET status = $2, settled_at = now(), reason = NULL, carries = coalesce($3::bytea[], carries),
         signed = CASE WHEN $2 = 'HANDLED' AND NOT ${isForgotten('array_prepend(object, coalesce($3::bytea[], carries))')}
           THEN signed END
       WHERE seq = $1`,
      [seq, status, carries?.map(toBytes) ?? null],
    );
  }

  /** Those that wait and came when nobody here knew their types, which are these. */
  async unfiled(types: readonly string[]): Promise<number[]> {
    const rows = await this.query<{ seq: string }>(
      `SELECT seq FROM exchange_inbox
       WHERE status = 'SET_ASIDE' AND reason_code = $1 AND carries = '{}' AND type = ANY($2) ORDER BY seq`,
      [TYPE_UNKNOWN, types],
    );
    return rows.map(({ seq }) => Number(seq));
  }

  /** Files an envelope that is set aside by what it carries. */
  async file(seq: number, carries: readonly Hex[]): Promise<void> {
    await this.query('UPDATE exchange_inbox SET carries = $2 WHERE seq = $1', [seq, carries.map(toBytes)]);
  }

  /**
   * Empties what carries any of these and is done with; that it came, its hash and its receipt stay. What is set aside is discarded
   * unless one of `parties` sent it: ids are public, and whoever is nothing to them would hold up their erasure by naming them.
   */
  async forgo(ids: readonly Hex[], parties: readonly number[]): Promise<void> {
    const [gone] = await this.update<{ from: number; envelope: string; type: string; aside: boolean }>(
      `UPDATE exchange_inbox SET signed = NULL, reason = NULL, settled_at = coalesce(settled_at, now()),
         status = CASE status WHEN 'SET_ASIDE' THEN 'DISCARDED' ELSE status END
       FROM (SELECT seq AS was, status = 'SET_ASIDE' AS aside FROM exchange_inbox
             WHERE ${CARRIES} AND signed IS NOT NULL
               AND (status = 'HANDLED' OR status = 'SET_ASIDE' AND from_member <> ALL ($2))) its
       WHERE seq = its.was RETURNING from_member AS from, id AS envelope, type, its.aside`,
      [ids.map(toBytes), parties],
    );
    for (const { aside, ...letter } of gone)
      if (aside) this.logger.warn(letter, 'an envelope that was set aside is discarded: what it names was erased');
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
