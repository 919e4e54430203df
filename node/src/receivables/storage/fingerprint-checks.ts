import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { FingerprintAnswer } from '../domain/fingerprint-check.js';

/** A check that this member asked for; times are RFC 3339. */
export interface AskedCheck {
  readonly askedAt: string;
  readonly answer: (FingerprintAnswer & { readonly at: string }) | null;
}

interface Row {
  readonly outcome: FingerprintAnswer['outcome'] | null;
  readonly code: string | null;
  readonly taken_orders: Buffer[];
  readonly block: string | null;
  readonly at: Date;
  readonly answered_at: Date | null;
}

/** Advisory checks of fingerprints, asked and answered. */
@Injectable()
export class FingerprintChecks {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async ask(receivable: Hex, obligor: number): Promise<void> {
    await this.query(`INSERT INTO fingerprint_checks (side, receivable, member) VALUES ('ASKED', $1, $2)`, [
      toBytes(receivable),
      obligor,
    ]);
  }

  /** What the obligor says to the oldest that is not answered; nothing when none is. */
  async heard(receivable: Hex, { outcome, code, takenOrders, block }: FingerprintAnswer): Promise<void> {
    await this.query(
      `UPDATE fingerprint_checks
       SET outcome = $2, code = $3, taken_orders = $4, block = $5, answered_at = clock_timestamp()
       WHERE seq = (SELECT min(seq) FROM fingerprint_checks
                    WHERE receivable = $1 AND side = 'ASKED' AND outcome IS NULL)`,
      [toBytes(receivable), outcome, code, takenOrders.map(toBytes), block],
    );
  }

  /** The last one asked for. */
  async last(receivable: Hex): Promise<AskedCheck | undefined> {
    const [row] = await this.query<Row>(
      `SELECT outcome, code, taken_orders, block, at, answered_at FROM fingerprint_checks
       WHERE receivable = $1 AND side = 'ASKED' ORDER BY seq DESC LIMIT 1`,
      [toBytes(receivable)],
    );
    if (!row) return undefined;
    const { outcome, code, taken_orders, block, at, answered_at } = row;
    const answer = outcome && {
      ...{ outcome, code, block: Number(block), at: answered_at!.toISOString() },
      takenOrders: taken_orders.map(toHex),
    };
    return { askedAt: at.toISOString(), answer };
  }

  async answered(
    receivable: Hex,
    member: number,
    { outcome, code, takenOrders, block }: FingerprintAnswer,
  ): Promise<void> {
    await this.query(
      `INSERT INTO fingerprint_checks (side, receivable, member, outcome, code, taken_orders, block, answered_at)
       VALUES ('ANSWERED', $1, $2, $3, $4, $5, $6, clock_timestamp())`,
      [toBytes(receivable), member, outcome, code, takenOrders.map(toBytes), block],
    );
  }

  /** How many a member was answered within the last hour; others that ask for the same member wait until this unit of work ends. */
  async countLastHour(member: number): Promise<number> {
    await this.query(`SELECT pg_advisory_xact_lock(hashtextextended('fingerprint-check/' || $1::text, 0))`, [member]);
    const [row] = await this.query<{ n: number }>(
      `SELECT count(*)::int4 AS n FROM fingerprint_checks
       WHERE member = $1 AND side = 'ANSWERED' AND at > clock_timestamp() - interval '1 hour'`,
      [member],
    );
    return row!.n;
  }

  /** Deletes up to `limit` that began `days` ago, oldest first, answered or not; returns how many. */
  async forget(days: number, limit: number): Promise<number> {
    const [, changed] = await this.unitOfWork.manager.query<[unknown[], number]>(
      `DELETE FROM fingerprint_checks WHERE seq = ANY (ARRAY(
         SELECT seq FROM fingerprint_checks WHERE at < now() - make_interval(days => $1) ORDER BY at LIMIT $2))`,
      [days, limit],
    );
    return changed;
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
