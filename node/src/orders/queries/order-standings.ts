import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { OrderType } from '../domain/order-type.js';
import type { OrderStatus } from '../domain/order-status.js';

/** How an order stands, as far as whoever holds many of them must know. */
export interface OrderStanding {
  readonly id: Hex;
  readonly status: OrderStatus;
  readonly type: OrderType;
  /** Of the current version. */
  readonly commitment: Hex;
  readonly coverVersion: number;
  /** Receivables born from it that are encumbered. */
  readonly encumberedDescendants: number;
  /** False for an order of a batch that is no chain object of its own. */
  readonly materialised: boolean;
}

interface Row {
  readonly id: Buffer;
  readonly status: OrderStatus;
  readonly type: OrderType;
  readonly commitment: Buffer;
  readonly cover_version: string;
  readonly encumbered_descendants: string;
}

const COLUMNS = 'id, status, type, commitment, cover_version, encumbered_descendants';

/** Reads how thousands of orders stand as of the indexed head. */
@Injectable()
export class OrderStandings {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those that are there, by id. */
  async of(ids: readonly Hex[]): Promise<Map<Hex, OrderStanding>> {
    const found = await this.select('chain_orders', ids);
    const standings = new Map(found.map((row) => standingOf(row, true)));
    const missing = ids.filter((id) => !standings.has(id));
    if (missing.length === 0) return standings;
    for (const row of await this.select('orders_in_batches', missing)) standings.set(...standingOf(row, false));
    return standings;
  }

  private select(table: 'chain_orders' | 'orders_in_batches', ids: readonly Hex[]): Promise<Row[]> {
    return this.unitOfWork.manager.query<Row[]>(`SELECT ${COLUMNS} FROM ${table} WHERE id = ANY($1::bytea[])`, [
      ids.map(toBytes),
    ]);
  }
}

function standingOf(row: Row, materialised: boolean): [Hex, OrderStanding] {
  const id = toHex(row.id);
  const standing = {
    id,
    status: row.status,
    type: row.type,
    commitment: toHex(row.commitment),
    coverVersion: Number(row.cover_version),
    encumberedDescendants: Number(row.encumbered_descendants),
    materialised,
  };
  return [id, standing];
}
