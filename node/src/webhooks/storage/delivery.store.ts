import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { formatPosition, parsePosition, type Position, type StreamEvent } from '../../events/index.js';
import { toBytes } from '../../kernel/hex.js';
import { KEPT_DAYS } from '../domain/limits.js';
import { messageBody } from '../domain/message-body.js';
import type { Failure } from '../domain/outcome.js';
import { MESSAGE_ID } from './message-id.js';

/** An event that waits for one webhook. */
export interface PendingDelivery {
  readonly seq: string;
  /** `webhook-id` */
  readonly id: string;
  readonly body: string;
}

/** What was sent to each webhook, and what waits. All within the current unit of work. */
@Injectable()
export class DeliveryStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Writes events down for a webhook and moves it to `position`, within a unit that holds its row. */
  async plan(webhook: string, events: readonly StreamEvent[], position: Position): Promise<void> {
    const ids = events.map((event) => formatPosition(event.position));
    await this.query(
      `INSERT INTO webhook_deliveries (webhook, message_id, event_id, type, object, body)
       SELECT $1, gen_random_uuid(), e.* FROM unnest($2::text[], $3::text[], $4::bytea[], $5::text[]) e`,
      [
        webhook,
        ids,
        events.map(({ type }) => type),
        events.map(({ object }) => object && toBytes(object)),
        events.map((event, index) => messageBody(ids[index]!, event)),
      ],
    );
    await this.query('UPDATE webhooks SET position = $2 WHERE id = $1', [webhook, formatPosition(position)]);
  }

  /** Whether any waits, and up to where events are written down; undefined for a webhook that is gone. */
  async progress(webhook: string): Promise<{ waiting: boolean; position: Position } | undefined> {
    const [row] = await this.query<{ position: string; waiting: boolean }>(
      `SELECT position, EXISTS (SELECT 1 FROM webhook_deliveries WHERE webhook = w.id AND status = 'PENDING') AS waiting
       FROM webhooks w WHERE id = $1`,
      [webhook],
    );
    return row && { waiting: row.waiting, position: parsePosition(row.position) };
  }

  /** The oldest that wait. */
  pending(webhook: string, limit: number): Promise<PendingDelivery[]> {
    return this.query(
      `SELECT seq, ${MESSAGE_ID} AS id, body FROM webhook_deliveries WHERE webhook = $1 AND status = 'PENDING' ORDER BY seq LIMIT $2`,
      [webhook, limit],
    );
  }

  async delivered(webhook: string, attempts: ReadonlyMap<string, number>): Promise<void> {
    await this.query(
      `UPDATE webhook_deliveries d SET status = 'DELIVERED', http_status = a.status, attempts = attempts + 1, error = NULL,
         body = NULL, settled_at = now()
       FROM unnest($1::int8[], $2::int4[]) a(seq, status) WHERE d.seq = a.seq AND d.status = 'PENDING'`,
      [[...attempts.keys()], [...attempts.values()]],
    );
    await this.query(
      'UPDATE webhooks SET failures = 0, failing_since = NULL, last_error = NULL WHERE id = $1 AND failures > 0',
      [webhook],
    );
  }

  /**
   * Notes a failed attempt, and has the webhook wait; false when it has failed since before `giveUpMs` ago, and `giveUpFailures` times with this one: then
   * it is disabled.
   */
  async failed(
    webhook: string,
    seq: string,
    { httpStatus, error, gone = false }: Failure,
    { pauseMs, giveUpMs, giveUpFailures }: { pauseMs: number; giveUpMs: number; giveUpFailures: number },
  ): Promise<boolean> {
    await this.query(
      `UPDATE webhook_deliveries SET attempts = attempts + 1, http_status = $2, error = $3
       WHERE seq = $1 AND status = 'PENDING'`,
      [seq, httpStatus ?? null, error],
    );
    const [rows] = await this.unitOfWork.manager.query<[{ status: string }[], number]>(
      `UPDATE webhooks SET failures = failures + 1, failing_since = coalesce(failing_since, now()), last_error = $2,
         next_attempt_at = now() + make_interval(secs => $3),
         status = CASE WHEN $5 OR failures + 1 >= $6 AND failing_since < now() - make_interval(secs => $4) THEN 'DISABLED' ELSE status END
       WHERE id = $1 RETURNING status`,
      [webhook, error, pauseMs / 1000, giveUpMs / 1000, gone, giveUpFailures],
    );
    return rows[0]?.status !== 'DISABLED';
  }

  /** Forgets up to `limit` deliveries settled long ago; gives how many. */
  async expire(limit: number): Promise<number> {
    const rows = await this.unitOfWork.manager.query<[unknown[], number]>(
      `DELETE FROM webhook_deliveries WHERE seq IN (
         SELECT seq FROM webhook_deliveries
         WHERE status <> 'PENDING' AND settled_at < now() - make_interval(days => $2) ORDER BY settled_at LIMIT $1)`,
      [limit, KEPT_DAYS],
    );
    return rows[1];
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
