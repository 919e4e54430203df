import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { BatchAnswer } from '../domain/batch-answer.js';
import { BatchTree } from '../domain/batch-tree.js';
import { OrderBatches } from '../storage/order-batches.js';

/** An order at its place in a batch that is on chain. */
export interface BatchedOrder {
  readonly id: Hex;
  readonly buyer: number;
  readonly supplier: number;
  readonly root: Hex;
  readonly index: number;
  readonly expiry: number;
  readonly commitment: Hex;
  readonly tag: Hex;
  /** How the batch was answered, null until it is. */
  readonly answer: BatchAnswer | null;
}

/** The same with the proof from its leaf to the root. */
export interface ProvenOrder extends BatchedOrder {
  readonly proof: readonly Hex[];
}

interface Row {
  order_id: Buffer;
  buyer: string;
  supplier: string;
  root: Buffer;
  position: number;
  expiry: string;
  commitment: Buffer;
  tag: Buffer;
  bitmap: Buffer | null;
  answered_at: string | null;
}

/** Orders that this member is party to by a batch, as of the indexed head. */
@Injectable()
export class BatchedOrders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly batches: OrderBatches,
    private readonly domains: RegistryDomains,
  ) {}

  /** Those of the orders that are in a batch on chain and, unless `all`, no objects of their own. */
  async find(ids: readonly Hex[], { all = false } = {}): Promise<BatchedOrder[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT l.order_id, l.position, l.expiry, l.commitment, l.tag, b.buyer, b.supplier, b.root, b.bitmap, b.answered_at
       FROM order_leaves l
         JOIN order_batches n ON n.id = l.batch_id
         JOIN chain_order_batches b ON b.buyer = n.buyer AND b.root = n.root
       WHERE l.order_id = ANY($1::bytea[]) AND ($2 OR NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = l.order_id))`,
      [ids.map(toBytes), all],
    );
    return rows.map(read);
  }

  /** Each with its proof. */
  async prove(orders: readonly BatchedOrder[]): Promise<ProvenOrder[]> {
    const trees = new Map<Hex, BatchTree>();
    for (const { root, buyer, supplier } of orders) {
      if (trees.has(root)) continue;
      const registry = this.domains.of('OrderRegistry');
      trees.set(root, BatchTree.of({ registry, buyer, supplier }, await this.batches.packed(root)));
    }
    return orders.map((order) => ({ ...order, proof: trees.get(order.root)!.proof(order.index) }));
  }
}

function read(row: Row): BatchedOrder {
  const { bitmap, answered_at: answeredAt } = row;
  return {
    id: toHex(row.order_id),
    buyer: Number(row.buyer),
    supplier: Number(row.supplier),
    root: toHex(row.root),
    index: row.position,
    expiry: Number(row.expiry),
    commitment: toHex(row.commitment),
    tag: toHex(row.tag),
    answer: bitmap && answeredAt !== null ? { bitmap: toHex(bitmap), answeredAt: Number(answeredAt) } : null,
  };
}
