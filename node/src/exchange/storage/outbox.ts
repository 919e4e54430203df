import { Injectable } from '@nestjs/common';
import { statement, timeIsOver, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { AtRest } from '../../kernel/at-rest.js';
import type { Letter } from '../domain/envelope.js';
import {
  CLAIMED_BYTES_AT_ONCE,
  DELIVERY_PERIOD_MS,
  LEASE_MS,
  LONGEST_QUOTA_PAUSE_MS,
  SLOWEST_BYTES_PER_SECOND,
} from '../domain/limits.js';
import { Forgotten, isForgotten } from './forgotten.js';
import { CARRIES } from './inbox.js';

/** An envelope that this process is to deliver now. */
export interface Claimed {
  readonly seq: number;
  readonly id: string;
  readonly to: number;
  readonly type: string;
  readonly object: Hex;
  /** encrypted at rest, see {@link Outbox.read} */
  readonly body: Buffer;
  readonly hash: Hex;
  /** this one included */
  readonly attempts: number;
}

/** A letter as it is put into the outbox. */
export interface NewLetter {
  readonly letter: Letter;
  readonly hash: Hex;
  /** further objects, and roots of documents, that its body names */
  readonly carries: readonly Hex[];
  /** submission that it waits for */
  readonly after?: string;
}

/** A receipt as it came, and the outcome that it tells. */
export interface Delivered {
  readonly seq: number;
  readonly receipt: string;
  readonly outcome: string;
}

interface Row {
  seq: string;
  id: string;
  to_member: number;
  type: string;
  object: Buffer;
  body: Buffer;
  hash: Buffer;
  attempts: number;
}

// Sealed, a body is less than twice as large.
const LEASE_SECONDS = `${LEASE_MS / 1000} + 2.0 * octet_length(body) / ${SLOWEST_BYTES_PER_SECOND}`;
/** Nobody attempts it now. */
const IS_FREE = `(leased_until IS NULL OR ${timeIsOver('leased_until', LEASE_SECONDS)})`;
const IS_DUE = `${timeIsOver('next_attempt_at', String(LONGEST_QUOTA_PAUSE_MS / 1000))}
  AND ${IS_FREE}`;

const RELEASE = statement(`
  WITH again AS (
    UPDATE exchange_outbox o SET status = 'WAITING', settled_at = NULL
    FROM submissions s
    WHERE o.status = 'DROPPED' AND o.body IS NOT NULL AND s.id = o.after_submission
      AND s.status NOT IN ('REVERTED', 'REFUSED')
  ), ended AS (
    UPDATE exchange_outbox o
    SET status = CASE s.status WHEN 'INCLUDED' THEN 'READY' ELSE 'DROPPED' END,
        settled_at = CASE s.status WHEN 'INCLUDED' THEN NULL ELSE now() END,
        body = CASE s.status WHEN 'REFUSED' THEN NULL ELSE o.body END,
        next_attempt_at = now(), deadline = now() + make_interval(secs => $3::float8)
    FROM submissions s
    WHERE o.status = 'WAITING' AND s.id = o.after_submission
      AND (s.status IN ('REVERTED', 'REFUSED') OR s.status = 'INCLUDED' AND s.block <= $1)
    RETURNING o.to_member, o.status
  )
  SELECT member FROM unnest($2::int4[]) member
  WHERE EXISTS (SELECT FROM exchange_outbox WHERE to_member = member AND status = 'READY')
     OR EXISTS (SELECT FROM ended WHERE to_member = member AND status = 'READY')`);

const CLAIM = statement(`
  WITH claimed AS (
    UPDATE exchange_outbox SET attempts = attempts + 1, leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    WHERE seq IN (
      SELECT seq FROM (
        SELECT seq, size, sum(size) OVER (ORDER BY attempts, seq) AS total FROM (
          SELECT seq, attempts, octet_length(body) AS size FROM exchange_outbox o
          WHERE status = 'READY' AND to_member = $1 AND ${IS_DUE} AND (SELECT NOT EXISTS (
              SELECT 1 FROM exchange_outbox earlier
              WHERE earlier.to_member = o.to_member AND earlier.object = o.object AND earlier.seq < o.seq
                AND earlier.status IN ('WAITING', 'READY') AND earlier.type <> 'order.tag-request'))
          ORDER BY attempts, seq LIMIT $2 FOR UPDATE SKIP LOCKED) due) turn
      WHERE total <= $3 OR total = size)
    RETURNING seq, id, to_member, type, object, body, hash, attempts
  )
  SELECT seq, id, to_member, type, object, body, hash, attempts FROM claimed`);

/** Envelopes to other members, until a signed receipt ends each. The rows are the truth; a wake-up only looks at them. */
@Injectable()
export class Outbox {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly atRest: AtRest,
    private readonly forgotten: Forgotten,
  ) {}

  /**
   * Adds a letter; with `after` it waits for that submission. False when it carries what was erased since its sender looked. What it is
   * about alone does not count: an answer about an erased order shows nothing of it.
   */
  async add({ letter, hash, carries, after }: NewLetter): Promise<boolean> {
    const { id, to, type, object, body } = letter;
    const deadline = new Date(Date.now() + DELIVERY_PERIOD_MS);
    if (carries.length > 0) await this.forgotten.hold();
    const rows = await this.query(
      `INSERT INTO exchange_outbox (id, to_member, type, object, body, hash, after_submission, status, deadline, carries)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::bytea[] WHERE NOT ${isForgotten('$10::bytea[]')} RETURNING seq`,
      [
        id,
        to,
        type,
        toBytes(object),
        this.atRest.encrypt(id, body),
        toBytes(hash),
        after,
        after ? 'WAITING' : 'READY',
        deadline,
        carries.map(toBytes),
      ],
    );
    return rows.length > 0;
  }

  /**
   * Lets leave what waited for a submission now included up to block `head`, and gives it its time from now on, however long the chain
   * took; drops what waited for one that failed. The content is kept as long as the block of a revert may be lost: then the submission is in flight again, and its letter waits again. Tells
   * which of `members` have envelopes ready for them. One statement, prepared: it is asked twice a second though nothing happens.
   */
  async release(head: number, members: readonly number[]): Promise<number[]> {
    const rows = await this.unitOfWork.read<{ member: number }>(RELEASE, [head, members, DELIVERY_PERIOD_MS / 1000]);
    return rows.map(({ member }) => member);
  }

  /**
   * Takes up to `limit` due envelopes to `to`, no more than CLAIMED_BYTES_AT_ONCE unless the first has as much alone, the oldest about
   * each object only, and keeps them from other processes. Those that were
   * tried least come first: one that never goes through is due again after each pause of its lane. A question about an
   * order's tags may wait for days for who can answer it, and holds up nothing. Whether one is the oldest is a SELECT of its own, by
   * index for each: PostgreSQL would join, and by statistics of a moment at which nothing waited compare all with all.
   */
  async claim(to: number, limit: number): Promise<Claimed[]> {
    const rows = await this.unitOfWork.read<Row>(CLAIM, [to, limit, CLAIMED_BYTES_AT_ONCE]);
    const claimed = rows.map(({ seq, id, to_member, type, object, body, hash, attempts }) => ({
      seq: Number(seq),
      id,
      to: to_member,
      type,
      object: toHex(object),
      body,
      hash: toHex(hash),
      attempts,
    }));
    // An UPDATE tells its rows in no order.
    return claimed.sort((one, other) => one.attempts - other.attempts || one.seq - other.seq);
  }

  /** The body of a claimed envelope, as JSON text. Throws when the row was tampered with. */
  read({ id, body }: Claimed): string {
    return this.atRest.decrypt(id, body);
  }

  /** Ends deliveries by the recipient's signed receipts, which are kept as evidence; the bodies are not. How many were not ended before. */
  async delivered(deliveries: readonly Delivered[]): Promise<number> {
    const [, changed] = await this.update(
      `UPDATE exchange_outbox o SET status = 'DELIVERED', receipt = d.receipt, outcome = d.outcome, body = NULL,
         settled_at = now(), leased_until = NULL, last_error = NULL
       FROM unnest($1::int8[], $2::text[], $3::text[]) d(seq, receipt, outcome)
       WHERE o.seq = d.seq AND o.status = 'READY'`,
      [
        deliveries.map(({ seq }) => seq),
        deliveries.map(({ receipt }) => receipt),
        deliveries.map(({ outcome }) => outcome),
      ],
    );
    return changed;
  }

  /** Gives back what was claimed and not attempted. */
  async giveBack(claimed: readonly Claimed[]): Promise<void> {
    await this.query(
      `UPDATE exchange_outbox SET attempts = attempts - 1, leased_until = NULL WHERE seq = ANY ($1) AND status = 'READY'`,
      [claimed.map(({ seq }) => seq)],
    );
  }

  /** Gives an envelope back for another attempt after `pauseMs`; sets it aside when its time is over. */
  async postpone(seq: number, error: string, pauseMs: number): Promise<void> {
    await this.query(
      `UPDATE exchange_outbox SET last_error = $2, leased_until = NULL,
         next_attempt_at = now() + make_interval(secs => $3),
         status = CASE WHEN deadline < now() THEN 'SET_ASIDE' ELSE status END
       WHERE seq = $1 AND status = 'READY'`,
      [seq, error, pauseMs / 1000],
    );
  }

  /**
   * Sets aside what to `to` was to have arrived by now: with a counterparty that takes nothing one is attempted now and then, and the
   * turn of each alone would not come within days.
   */
  async setAsideOverdue(to: number, error: string): Promise<void> {
    await this.query(
      `UPDATE exchange_outbox SET status = 'SET_ASIDE', last_error = $2, leased_until = NULL
       WHERE seq IN (
         SELECT seq FROM exchange_outbox
         WHERE status = 'READY' AND to_member = $1 AND deadline < now() AND ${IS_FREE}
         FOR UPDATE SKIP LOCKED)`,
      [to, error],
    );
  }

  /** Ends an envelope that is not meant any more. */
  async drop(seq: number): Promise<void> {
    await this.query(
      `UPDATE exchange_outbox SET status = 'DROPPED', body = NULL, settled_at = now(), leased_until = NULL
       WHERE seq = $1 AND status = 'READY'`,
      [seq],
    );
  }

  /** Leaves an envelope to the operator; it holds up no other any more. */
  async setAside(seq: number, reason: string): Promise<void> {
    await this.query(
      `UPDATE exchange_outbox SET status = 'SET_ASIDE', last_error = $2, leased_until = NULL
       WHERE seq = $1 AND status = 'READY'`,
      [seq, reason],
    );
  }

  /** Whether a letter of this type about an object waits for the operator. */
  async isSetAside(type: string, object: Hex): Promise<boolean> {
    const rows = await this.query(
      `SELECT FROM exchange_outbox WHERE object = $1 AND type = $2 AND status = 'SET_ASIDE' AND body IS NOT NULL LIMIT 1`,
      [toBytes(object), type],
    );
    return rows.length > 0;
  }

  /** Of these letters, those that their recipient set aside, or that were given up or dropped here. */
  async untaken(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.query<{ id: string }>(
      `SELECT id FROM exchange_outbox
       WHERE id = ANY($1::uuid[]) AND (outcome = 'SET_ASIDE' OR status IN ('DROPPED', 'DISCARDED'))`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Tries an envelope that was set aside for another period. False when it is not set aside. */
  async retry(seq: number): Promise<boolean> {
    const [, changed] = await this.update(
      `UPDATE exchange_outbox SET status = 'READY', attempts = 0, next_attempt_at = now(), deadline = $2
       WHERE seq = $1 AND status = 'SET_ASIDE'`,
      [seq, new Date(Date.now() + DELIVERY_PERIOD_MS)],
    );
    return changed > 0;
  }

  /** Gives up an envelope that was set aside. False when it is not set aside. */
  async discard(seq: number): Promise<boolean> {
    const [, changed] = await this.update(
      `UPDATE exchange_outbox SET status = 'DISCARDED', body = NULL, settled_at = now()
       WHERE seq = $1 AND status = 'SET_ASIDE'`,
      [seq],
    );
    return changed > 0;
  }

  /** Empties what carries any of these and will not leave. */
  async forgo(ids: readonly Hex[]): Promise<void> {
    await this.query(
      `UPDATE exchange_outbox SET body = NULL
       WHERE ${CARRIES} AND status IN ('DELIVERED', 'DROPPED', 'DISCARDED') AND body IS NOT NULL`,
      [ids.map(toBytes)],
    );
  }

  /** Empties what was dropped with a submission whose end stands: its block is older than those that this node could still undo. */
  async emptyDropped(): Promise<void> {
    await this.query(
      `UPDATE exchange_outbox o SET body = NULL
       FROM submissions s
       WHERE o.status = 'DROPPED' AND o.body IS NOT NULL AND s.id = o.after_submission
         AND (s.status = 'REFUSED' OR s.status = 'REVERTED' AND s.block < (SELECT min(number) FROM indexer_blocks))`,
      [],
    );
  }

  /** Deletes up to `limit` that were done with `days` ago; returns how many. */
  async forget(days: number, limit: number): Promise<number> {
    const [, changed] = await this.update(
      `DELETE FROM exchange_outbox WHERE seq = ANY (ARRAY(
         SELECT seq FROM exchange_outbox
         WHERE status IN ('DELIVERED', 'DROPPED', 'DISCARDED') AND settled_at < now() - make_interval(days => $1)
         LIMIT $2))`,
      [days, limit],
    );
    return changed;
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }

  private update<T = never>(sql: string, parameters: unknown[]): Promise<[rows: T[], changed: number]> {
    return this.unitOfWork.manager.query<[T[], number]>(sql, parameters);
  }
}
