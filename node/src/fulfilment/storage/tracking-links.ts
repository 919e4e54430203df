import { Injectable } from '@nestjs/common';
import { lockKeys, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** A tracking link. Its end is block time in seconds, the others RFC 3339. */
export interface TrackingLink {
  readonly id: string;
  readonly order: Hex;
  readonly secretHash: Buffer;
  readonly until: number;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly revokedAt: string | null;
}

interface Row {
  readonly id: string;
  readonly order_id: Buffer;
  readonly secret_hash: Buffer;
  readonly until_at: string;
  readonly made_by: string;
  readonly made_at: Date;
  readonly revoked_at: Date | null;
}

/** Links by which end customers follow orders. */
@Injectable()
export class TrackingLinks {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Until the current unit of work ends, others who lock this order here wait. */
  lock(order: Hex): Promise<void> {
    return lockKeys(this.unitOfWork.manager, 'tracking-links', [order]);
  }

  /** How many of an order still show something at block time `now`. */
  async countLive(order: Hex, now: number): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ live: number }[]>(
      'SELECT count(*)::int AS live FROM tracking_links WHERE order_id = $1 AND revoked_at IS NULL AND until_at > $2',
      [toBytes(order), now],
    );
    return row!.live;
  }

  async add({ id, order, secretHash, until, madeBy }: Omit<TrackingLink, 'madeAt' | 'revokedAt'>): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO tracking_links (id, order_id, secret_hash, until_at, made_by) VALUES ($1, $2, $3, $4, $5)',
      [id, toBytes(order), secretHash, until, madeBy],
    );
  }

  async find(id: string): Promise<TrackingLink | undefined> {
    return (await this.select('id = $1', [id]))[0];
  }

  /** Of an order, oldest first, up to `limit` after the one with id `after`. */
  of(order: Hex, limit: number, after?: string): Promise<TrackingLink[]> {
    return this.select(
      `order_id = $1 AND ($3::text IS NULL OR (made_at, id) > (SELECT made_at, id FROM tracking_links WHERE id = $3))
       ORDER BY made_at, id LIMIT $2`,
      [toBytes(order), limit, after ?? null],
    );
  }

  /** Ends it; again is no error. */
  async revoke(id: string): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE tracking_links SET revoked_at = coalesce(revoked_at, clock_timestamp()) WHERE id = $1',
      [id],
    );
  }

  private async select(condition: string, values: unknown[]): Promise<TrackingLink[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(`SELECT * FROM tracking_links WHERE ${condition}`, values);
    return rows.map((row) => ({
      id: row.id,
      order: toHex(row.order_id),
      secretHash: row.secret_hash,
      until: Number(row.until_at),
      madeBy: row.made_by,
      madeAt: row.made_at.toISOString(),
      revokedAt: row.revoked_at?.toISOString() ?? null,
    }));
  }
}
