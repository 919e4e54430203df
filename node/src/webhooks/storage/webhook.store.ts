import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { formatPosition, parsePosition, type EventFilter, type Position } from '../../events/index.js';
import { AtRest } from '../../kernel/at-rest.js';
import { toBytes, toHex } from '../../kernel/hex.js';
import type { Webhook, WebhookStatus } from '../domain/webhook.js';
import { WEBHOOK_SEAL } from '../secrets.js';

interface Row {
  id: string;
  url: string;
  description: string;
  types: string[] | null;
  object: Buffer | null;
  status: WebhookStatus;
  position: string;
  failures: number;
  failing_since: Date | null;
  last_error: string | null;
  next_attempt_at: Date;
  created_by: string;
  created_at: Date;
  rotating_until: Date | null;
}

const COLUMNS = `id, url, description, types, object, status, position, failures, failing_since, last_error,
  next_attempt_at, created_by, created_at,
  CASE WHEN old_secret_until > now() THEN old_secret_until END AS rotating_until`;

const RESUMED = `status = 'ENABLED', failures = 0, failing_since = NULL, last_error = NULL, next_attempt_at = now()`;

/** What its maker says of a webhook. */
export interface NewWebhook {
  readonly url: string;
  readonly description: string;
  readonly filter: EventFilter;
  readonly secret: string;
  readonly position: Position;
  readonly createdBy: string;
}

/** The rows of webhooks, as their owner changes them. All within the current unit of work. */
@Injectable()
export class WebhookStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(WEBHOOK_SEAL) private readonly seal: AtRest,
  ) {}

  /** Counts webhooks, and keeps others from adding any until the unit ends. */
  async lockedCount(): Promise<number> {
    await this.unitOfWork.manager.query('LOCK TABLE webhooks IN SHARE ROW EXCLUSIVE MODE');
    const rows = await this.unitOfWork.manager.query<{ n: number }[]>('SELECT count(*)::int4 AS n FROM webhooks');
    return rows[0]!.n;
  }

  async insert({ url, description, filter, secret, position, createdBy }: NewWebhook): Promise<Webhook> {
    // The id binds the secret's ciphertext to its row, so it is known first.
    const id = crypto.randomUUID();
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `INSERT INTO webhooks (id, url, description, types, object, secret, position, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
      [
        id,
        url,
        description,
        filter.types ?? null,
        filter.object ? toBytes(filter.object) : null,
        this.seal.encrypt(id, secret),
        formatPosition(position),
        createdBy,
      ],
    );
    return toWebhook(rows[0]!);
  }

  /** Oldest first. */
  async list(): Promise<Webhook[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(`SELECT ${COLUMNS} FROM webhooks ORDER BY created_at, id`);
    return rows.map(toWebhook);
  }

  async find(id: string): Promise<Webhook | undefined> {
    const rows = await this.unitOfWork.manager.query<Row[]>(`SELECT ${COLUMNS} FROM webhooks WHERE id = $1`, [id]);
    return rows[0] && toWebhook(rows[0]);
  }

  async remove(id: string): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM webhooks WHERE id = $1', [id]);
  }

  /** A new secret; the one until now signs too for `overlapSeconds`. */
  async rotate(id: string, secret: string, overlapSeconds: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE webhooks SET old_secret = secret, old_secret_until = now() + make_interval(secs => $3), secret = $2,
         lease = NULL, leased_until = NULL
       WHERE id = $1`,
      [id, this.seal.encrypt(id, secret), overlapSeconds],
    );
  }

  /** Tries now, and goes on with what waits, as if nothing had failed. */
  async resume(id: string): Promise<void> {
    await this.unitOfWork.manager.query(`UPDATE webhooks SET ${RESUMED} WHERE id = $1`, [id]);
  }

  /** Sends again, or not at all, from `position` on: what waits is forgotten. */
  async replay(id: string, position: Position): Promise<void> {
    // The row first: whoever writes deliveries down for it holds it too.
    await this.unitOfWork.manager.query(
      `UPDATE webhooks SET ${RESUMED}, position = $2, lease = NULL, leased_until = NULL WHERE id = $1`,
      [id, formatPosition(position)],
    );
    await this.unitOfWork.manager.query(
      `UPDATE webhook_deliveries SET status = 'SKIPPED', body = NULL, settled_at = now()
       WHERE webhook = $1 AND status = 'PENDING'`,
      [id],
    );
  }
}

function toWebhook({ types, object, position, ...row }: Row): Webhook {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    filter: { types: types ?? undefined, object: object ? toHex(object) : undefined },
    status: row.status,
    position: parsePosition(position),
    failures: row.failures,
    failingSince: row.failing_since,
    lastError: row.last_error,
    nextAttemptAt: row.next_attempt_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    rotatingUntil: row.rotating_until,
  };
}
