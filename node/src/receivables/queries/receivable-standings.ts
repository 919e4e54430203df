import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { OrderStatus } from '../../orders/domain/order-status.js';
import { marksOf, type ReceivableMark, type ReceivableStatus } from '../domain/states.js';

/** How a receivable stands, as far as whoever holds many of them must know. */
export interface ReceivableStanding {
  readonly id: Hex;
  readonly status: ReceivableStatus;
  /** Of the invoice. */
  readonly commitment: Hex;
  /** As consents name it: its own and those of its orders. */
  readonly coverVersion: number;
  /** Its own alone, as its slot has it. */
  readonly ownCoverVersion: number;
  readonly openDisputes: number;
  readonly marks: readonly ReceivableMark[];
  /** Orders that it was born from. */
  readonly orders: readonly Hex[];
  /** How these stand, in the same order. */
  readonly orderStatuses: readonly OrderStatus[];
}

interface Row {
  readonly id: Buffer;
  readonly status: ReceivableStatus;
  readonly commitment: Buffer;
  readonly cover_version: string;
  readonly orders_cover_version: string;
  readonly open_disputes: string;
  readonly marks: number;
  readonly orders: Buffer[];
  readonly order_statuses: OrderStatus[];
}

/** Reads how thousands of receivables stand as of the indexed head. */
@Injectable()
export class ReceivableStandings {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those that are there, by id. */
  async of(ids: readonly Hex[]): Promise<Map<Hex, ReceivableStanding>> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT r.id, r.status, r.commitment, r.cover_version, r.open_disputes, r.marks,
         coalesce(born.cover_version, 0) AS orders_cover_version, coalesce(born.orders, '{}') AS orders,
         coalesce(born.statuses, '{}') AS order_statuses
       FROM chain_receivables r LEFT JOIN LATERAL (
         SELECT sum(o.cover_version) AS cover_version, array_agg(b.order_id ORDER BY b.place) AS orders,
           array_agg(o.status ORDER BY b.place) AS statuses
         FROM chain_receivable_orders b JOIN chain_orders o ON o.id = b.order_id WHERE b.receivable = r.id
       ) born ON true
       WHERE r.id = ANY($1::bytea[])`,
      [ids.map(toBytes)],
    );
    return new Map(rows.map(standingOf));
  }
}

function standingOf(row: Row): [Hex, ReceivableStanding] {
  const id = toHex(row.id);
  const ownCoverVersion = Number(row.cover_version);
  const standing = {
    id,
    status: row.status,
    commitment: toHex(row.commitment),
    coverVersion: ownCoverVersion + Number(row.orders_cover_version),
    ownCoverVersion,
    openDisputes: Number(row.open_disputes),
    marks: marksOf(row.marks),
    orders: row.orders.map(toHex),
    orderStatuses: row.order_statuses,
  };
  return [id, standing];
}
