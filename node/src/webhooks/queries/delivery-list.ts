import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { MESSAGE_ID } from '../storage/message-id.js';

export const DELIVERY_STATUSES = ['PENDING', 'DELIVERED', 'SKIPPED'] as const;

/** One event on its way to one webhook. */
export interface DeliveryRow {
  readonly seq: string;
  /** `webhook-id` */
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  readonly object: Hex | null;
  readonly status: (typeof DELIVERY_STATUSES)[number];
  readonly attempts: number;
  readonly httpStatus: number | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** What was sent to a webhook. */
@Injectable()
export class DeliveryList {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Newest first, up to `limit` before `before`. */
  async list(webhook: string, limit: number, before?: string): Promise<DeliveryRow[]> {
    const rows = await this.unitOfWork.manager.query<(Omit<DeliveryRow, 'object'> & { object: Buffer | null })[]>(
      `SELECT seq, ${MESSAGE_ID} AS id, event_id AS "eventId", type, object, status, attempts, http_status AS "httpStatus", error,
         created_at AS "createdAt", settled_at AS "settledAt"
       FROM webhook_deliveries WHERE webhook = $1 AND ($3::int8 IS NULL OR seq < $3) ORDER BY seq DESC LIMIT $2`,
      [webhook, limit, before ?? null],
    );
    return rows.map(({ object, ...row }) => ({ ...row, object: object && toHex(object) }));
  }
}
