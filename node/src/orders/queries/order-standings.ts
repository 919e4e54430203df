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
  readonly materialised: boolean;
}

const COLUMNS = 'id, status, type, commitment, cover_version, encumbered_descendants';
// In one statement: an order that leaves its batch meanwhile would be found neither there nor by itself.
const EACH = `SELECT ${COLUMNS}, true AS materialised FROM chain_orders WHERE id = ANY($1::bytea[])
  UNION ALL SELECT ${COLUMNS}, false FROM orders_in_batches WHERE id = ANY($1::bytea[])`;

/** Reads how thousands of orders stand as of the indexed head. */
@Injectable()
export class OrderStandings {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those that are there, by id. */
  async of(ids: readonly Hex[]): Promise<Map<Hex, OrderStanding>> {
    const rows = await this.unitOfWork.manager.query<Row[]>(EACH, [ids.map(toBytes)]);
    return new Map(rows.map(standingOf));
  }
}

function standingOf(row: Row): [Hex, OrderStanding] {
  const id = toHex(row.id);
  const standing = {
    id,
    status: row.status,
    type: row.type,
    commitment: toHex(row.commitment),
    coverVersion: Number(row.cover_version),
    encumberedDescendants: Number(row.encumbered_descendants),
    materialised: row.materialised,
  };
  return [id, standing];
}
