import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { BatchAnswer } from '../domain/batch-answer.js';
import { BatchBranch, type BatchContext, BatchTree, UNDER_A_NODE } from '../domain/batch-tree.js';
import { OrderBatches } from '../storage/order-batches.js';
import { OF_LEAF } from '../storage/order-documents.js';

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

const COLUMNS =
  'l.order_id, l.position, l.expiry, l.commitment, l.tag, b.buyer, b.supplier, b.root, b.bitmap, b.answered_at';

/** Orders of batches, as of the indexed head: those that this member is party to, and those that it was shown. */
@Injectable()
export class BatchedOrders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly batches: OrderBatches,
    private readonly domains: RegistryDomains,
  ) {}

  /** Those of a batch whose documents are here, in the order of their places. */
  async read(root: Hex): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ order_id: Buffer }[]>(
      `SELECT l.order_id FROM order_leaves l JOIN order_batches n ON n.id = l.batch_id
       WHERE n.root = $1 AND EXISTS (SELECT FROM order_documents d WHERE ${OF_LEAF})
       ORDER BY l.position`,
      [toBytes(root)],
    );
    return rows.map(({ order_id }) => toHex(order_id));
  }

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
  async prove(orders: readonly BatchedOrder[]): Promise<ProvenOrder[]> {
    const branches = new Map<string, BatchBranch>();
    const proven: ProvenOrder[] = [];
    // One after another: the nodes of an old batch are made by the first of its orders, for all.
    for (const order of orders) {
      const key = `${order.root} ${placeOf(order)}`;
      const branch = branches.get(key) ?? (await this.branchOf(order));
      branches.set(key, branch);
      proven.push({ ...order, proof: branch.proof(order.index) });
    }
    return proven;
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

  private async branchOf(order: BatchedOrder): Promise<BatchBranch> {
    const { root, buyer, supplier } = order;
    const context = { registry: this.domains.of('OrderRegistry'), buyer, supplier };
    const place = placeOf(order);
    const { nodes, packed } = (await this.batches.branch(root, place))!;
    return new BatchBranch(context, { nodes: nodes ?? (await this.nodesOf(root, context)), packed, place });
  }

  /** Of a batch from before they were kept: made once. */
  private async nodesOf(root: Hex, context: BatchContext): Promise<Buffer> {
    const { nodes } = BatchTree.of(context, await this.batches.packed(root));
    await this.batches.keepNodes(root, nodes);
    return nodes;
  }
}

/** Of the node that it stands under, among those that are kept. */
const placeOf = ({ index }: BatchedOrder): number => Math.floor(index / UNDER_A_NODE);

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
