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

const WORD = 32;

/** Trees kept, of up to 1.5 MB each. What a root commits to never changes. */
const KEPT_TREES = 8;

const COLUMNS =
  'l.order_id, l.position, l.expiry, l.commitment, l.tag, b.buyer, b.supplier, b.root, b.bitmap, b.answered_at';

/** Orders of batches, as of the indexed head: those that this member is party to, and those that it was shown. */
@Injectable()
export class BatchedOrders {
  private readonly trees = new Map<Hex, Promise<BatchTree>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly batches: OrderBatches,
    private readonly domains: RegistryDomains,
  ) {}

  /** Those of the orders that this member is party to by a batch on chain and that, unless `all`, are no objects of their own. */
  async find(ids: readonly Hex[], { all = false } = {}): Promise<BatchedOrder[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT ${COLUMNS}
       FROM order_leaves l
         JOIN order_batches n ON n.id = l.batch_id
         JOIN chain_order_batches b ON b.buyer = n.buyer AND b.root = n.root
       WHERE l.order_id = ANY($1::bytea[]) AND ($2 OR NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = l.order_id))`,
      [ids.map(toBytes), all],
    );
    return rows.map(read);
  }

  /** Each with its proof. */
  prove(orders: readonly BatchedOrder[]): Promise<ProvenOrder[]> {
    // One of each batch a call, however many are kept.
    const trees = new Map<Hex, Promise<BatchTree>>();
    return Promise.all(
      orders.map(async (order) => {
        const tree = trees.get(order.root) ?? this.treeOf(order);
        trees.set(order.root, tree);
        return { ...order, proof: (await tree).proof(order.index) };
      }),
    );
  }

  /** Of orders that are no objects of their own where each stands, by id: of this member's own and of those that it was shown. */
  async places(ids: readonly Hex[]): Promise<Map<Hex, ProvenOrder>> {
    if (ids.length === 0) return new Map();
    const own = await this.prove(await this.find(ids));
    const missing = ids.filter((id) => !own.some((order) => order.id === id));
    const shown = missing.length === 0 ? [] : await this.findShown(missing);
    return new Map([...own, ...shown].map((order) => [order.id, order]));
  }

  /** The member that a buyer's batch is posted to; undefined while the chain, as far as it is indexed, has no such batch. */
  async supplierOf(buyer: number, root: Hex): Promise<number | undefined> {
    const rows = await this.unitOfWork.manager.query<{ supplier: string }[]>(
      'SELECT supplier FROM chain_order_batches WHERE buyer = $1 AND root = $2',
      [buyer, toBytes(root)],
    );
    return rows[0] && Number(rows[0].supplier);
  }

  private async findShown(ids: readonly Hex[]): Promise<ProvenOrder[]> {
    const rows = await this.unitOfWork.manager.query<(Row & { proof: Buffer })[]>(
      `SELECT order_id, position, expiry, commitment, tag, buyer, supplier, root, bitmap, answered_at, proof
       FROM shown_order_places l
       WHERE order_id = ANY($1::bytea[]) AND NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = l.order_id)`,
      [ids.map(toBytes)],
    );
    return rows.map((row) => ({ ...read(row), proof: wordsOf(row.proof) }));
  }

  private treeOf({ root, buyer, supplier }: BatchedOrder): Promise<BatchTree> {
    const known = this.trees.get(root);
    if (known) {
      // The newest last: what is used stays.
      this.trees.delete(root);
      this.trees.set(root, known);
      return known;
    }
    const registry = this.domains.of('OrderRegistry');
    const tree = this.batches.packed(root).then((packed) => BatchTree.of({ registry, buyer, supplier }, packed));
    this.trees.set(root, tree);
    const [oldest] = this.trees.keys();
    if (this.trees.size > KEPT_TREES) this.trees.delete(oldest!);
    tree.catch(() => this.trees.delete(root));
    return tree;
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

function wordsOf(bytes: Buffer): Hex[] {
  return Array.from({ length: bytes.length / WORD }, (_, i) => toHex(bytes.subarray(i * WORD, (i + 1) * WORD)));
}
