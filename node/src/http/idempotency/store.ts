import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { byteaArray, PG_POOL, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { aboutOf, type Naming } from './about.js';
import { AnswerCipher } from './answer-cipher.js';
import { answerGone, keyInUse, keyReused } from './problems.js';
import type { Slot } from './slot.js';

/** Longer than any answer takes from when it was made until it is kept. */
const LATEST = `interval '10 minutes'`;

/** Always holds, and shares the lock of {@link IdempotencyStore.forget} until its statement's transaction ends. */
const HELD = 'NOT EXISTS (SELECT FROM http_forgotten WHERE false FOR KEY SHARE)';

/** Whether one of these ids was forgotten a moment ago, by another unit. */
const isForgotten = (ids: string): string =>
  `EXISTS (SELECT FROM http_forgotten f WHERE f.id = ANY(${ids}) AND f.at > now() - ${LATEST}
     AND f.unit IS DISTINCT FROM pg_current_xact_id_if_assigned())`;

/** What a route made before the chain has agreed. */
export interface Made {
  readonly id: string;
  readonly submission: string;
}

/** An answer as it goes out: JSON text, a problem from status 400 on. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What is known of a request: what it made, and its final answer once there is one. */
export interface Known {
  readonly made?: Made;
  readonly answer?: Answer;
}

interface Row {
  readonly free: boolean;
  readonly fingerprint: Buffer | null;
  readonly resource: string | null;
  readonly submission: string | null;
  readonly status: number | null;
  readonly body: Buffer | null;
}

/**
 * Keyed requests and their answers. The row is written in the command's own unit of work, so that there is either the
 * command with its row or neither; until then an advisory lock, gone with its connection, says that it is being taken in.
 */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PG_POOL) private readonly pool: pg.Pool,
    private readonly cipher: AnswerCipher,
  ) {}

  /**
   * Within a unit: what is known of the slot, or undefined and the slot is the unit's own until it ends. Throws
   * IDEMPOTENCY_KEY_IN_USE, IDEMPOTENCY_KEY_REUSED when the row is of another request, IDEMPOTENCY_ANSWER_GONE when its answer was
   * taken away.
   */
  async claim(slot: Slot): Promise<Known | undefined> {
    const { credential, route, key, fingerprint } = slot;
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT l.free, i.fingerprint, i.resource, i.submission, i.status, i.body
         FROM (SELECT pg_try_advisory_xact_lock(hashtextextended($1 || chr(10) || $2 || chr(10) || $3, 0)) AS free) l
         LEFT JOIN http_idempotency i ON i.credential = $1 AND i.route = $2 AND i.key = $3`,
      [credential, route, key],
    );
    const row = rows[0]!;
    if (row.fingerprint === null) {
      if (!row.free) throw keyInUse('send it again in a moment', { retryAfterSeconds: 1 });
      return undefined;
    }
    if (!row.fingerprint.equals(fingerprint))
      throw keyReused('path, query, media type and body must be equal', { key });
    const { status, body } = row;
    return {
      made:
        row.resource !== null && row.submission !== null ? { id: row.resource, submission: row.submission } : undefined,
      answer: status === null ? undefined : this.opened(slot, { status, body }),
    };
  }

  /** Whether a request with the slot's key was taken in before. */
  async has({ credential, route, key }: Slot): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      'SELECT 1 FROM http_idempotency WHERE credential = $1 AND route = $2 AND key = $3',
      [credential, route, key],
    );
    return rows.length > 0;
  }

  /**
   * Within the unit that claimed the slot: keeps what is known, without an answer that is about what was forgotten meanwhile. Throws
   * IDEMPOTENCY_KEY_IN_USE if another unit came between.
   */
  async keep(slot: Slot, known: Known, naming: Naming): Promise<void> {
    const { made, answer } = known;
    const { credential, route, key, fingerprint } = slot;
    const kept = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO http_idempotency (credential, route, key, fingerprint, resource, submission, status, body, about)
       SELECT $1, $2, $3, $4, $5, $6, $7::int4, CASE WHEN NOT ${isForgotten('$9::bytea[]')} THEN $8::bytea END, $9::bytea[]
       WHERE ${HELD}
       ON CONFLICT DO NOTHING RETURNING 1`,
      [
        credential,
        route,
        key,
        fingerprint,
        made?.id,
        made?.submission,
        answer?.status,
        answer && this.cipher.seal(slot, answer.body),
        idsOf(known, naming),
      ],
    );
    // claim() looks with a snapshot older than its lock: a unit that committed in that instant shows only here.
    if (kept.length === 0) throw keyInUse('send it again in a moment', { retryAfterSeconds: 1 });
  }

  /**
   * Keeps the final answer to a slot that had none; returns the one that is kept, be it this or one that came first. Throws
   * IDEMPOTENCY_ANSWER_GONE when that was taken away, or is about what was forgotten meanwhile.
   */
  async finish(slot: Slot, known: Known & { readonly answer: Answer }, naming: Naming): Promise<Answer> {
    const { credential, route, key } = slot;
    const { answer } = known;
    const { rows } = await this.pool.query<{ status: number; body: Buffer | null }>(
      `UPDATE http_idempotency SET status = coalesce(status, $4), 
         body = CASE WHEN status IS NOT NULL THEN body WHEN NOT ${isForgotten('$6::bytea[]')} THEN $5::bytea END,
         about = CASE WHEN status IS NULL THEN $6::bytea[] ELSE about END
        WHERE credential = $1 AND route = $2 AND key = $3 AND ${HELD} RETURNING status, body`,
      [credential, route, key, answer.status, this.cipher.seal(slot, answer.body), idsOf(known, naming)],
    );
    const kept = rows[0];
    return kept ? this.opened(slot, kept) : answer;
  }

  /**
   * Takes away, within the current unit of work, all answers that are about one of these or rest on one (ids of 32 bytes). A repeat of their
   * requests does nothing, and is told so. Waits for who is keeping one, and they for the end of the unit, so that one that was made
   * before goes though it is kept later. Whoever takes other locks that commands take, takes them first.
   */
  async forget(ids: readonly Hex[]): Promise<void> {
    if (ids.length === 0) return;
    const forgotten = byteaArray(ids.map(toBytes));
    await this.unitOfWork.manager.query('LOCK TABLE http_forgotten IN EXCLUSIVE MODE');
    await this.unitOfWork.manager.query(
      `INSERT INTO http_forgotten SELECT id, clock_timestamp(), pg_current_xact_id()
       FROM (SELECT DISTINCT unnest($1::bytea[]) AS id) its
       ON CONFLICT (id) DO UPDATE SET at = EXCLUDED.at, unit = EXCLUDED.unit`,
      [forgotten],
    );
    await this.unitOfWork.manager.query(
      'UPDATE http_idempotency SET body = NULL WHERE about && $1::bytea[] AND body IS NOT NULL',
      [forgotten],
    );
  }

  /** Deletes up to `limit` rows older than 30 days, by the database's clock; returns how many. */
  async expire(limit: number): Promise<number> {
    const { rowCount } = await this.pool.query(
      `DELETE FROM http_idempotency WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM http_idempotency WHERE created_at < now() - interval '30 days' LIMIT $1))`,
      [limit],
    );
    await this.pool.query(`DELETE FROM http_forgotten WHERE at < now() - 2 * ${LATEST}`);
    return rowCount ?? 0;
  }

  private opened(slot: Slot, { status, body }: { readonly status: number; readonly body: Buffer | null }): Answer {
    if (!body) throw answerGone('send no more repeats of it: it is not done again', { answered: status });
    return { status, body: this.cipher.open(slot, body) };
  }
}

const idsOf = (known: Known, naming: Naming) => byteaArray(aboutOf(known, naming).map((id) => toBytes(id as Hex)));
