import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { type BatchTree, PACKED_BYTES, UNDER_A_NODE } from '../domain/batch-tree.js';
import type { Parties } from '../domain/party.js';

/** A batch whose orders this node has. */
export interface OrderBatch extends Parties {
  readonly root: Hex;
  readonly size: number;
  /** By which this node, as its buyer, posts it; null at its supplier's. */
  readonly submission: string | null;
}

/** One that has some of another's orders. */
export interface ClashingBatch extends OrderBatch {
  /** As far as it is indexed. */
  readonly onChain: boolean;
}

interface Row {
  buyer: string;
  supplier: string;
  root: Buffer;
  size: number;
  submission_id: string | null;
}

/** Orders of a batch, packed. */
const PACKED = `string_agg(l.commitment || l.tag || int8send(l.expiry), ''::bytea ORDER BY l.position)`;

const BRANCH = statement(`
  SELECT n.nodes, (
    SELECT ${PACKED} FROM order_leaves l WHERE l.batch_id = n.id AND l.position >= $2 AND l.position < $3) AS packed
  FROM order_batches n WHERE n.root = $1`);

/** The orders of batches that this member is party to: its own, never rewound. */
@Injectable()
export class OrderBatches {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Until the current unit of work ends, others who post a batch from this node wait. */
  async lockPosting(): Promise<void> {
    await this.query(`SELECT pg_advisory_xact_lock(hashtextextended('order-batches', 0))`, []);
  }

  /**
   * Keeps a batch, within the current unit of work; false when it is kept already. Throws what the database does when one
   * of its orders is in another batch: see {@link clashes}.
   */
  async add(batch: Omit<OrderBatch, 'root' | 'size'>, tree: BatchTree, packed: Buffer): Promise<boolean> {
    const { buyer, supplier, submission } = batch;
    const expiries = Array.from({ length: tree.size }, (_, i) =>
      Number(packed.readBigUInt64BE((i + 1) * PACKED_BYTES - 8)),
    );
    const [row] = await this.query<{ id: string }>(
      `INSERT INTO order_batches (buyer, supplier, root, size, submission_id, first_expiry, nodes)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
      [buyer, supplier, toBytes(tree.root), tree.size, submission, Math.min(...expiries), tree.nodes],
    );
    if (!row) return false;
    // Two parameters cut up by the server: an array of bytea would be written out as text.
    await this.query(
      `INSERT INTO order_leaves (order_id, batch_id, position, commitment, tag, expiry)
       SELECT substr($2::bytea, 32 * i + 1, 32), $1, i,
         substr($3::bytea, ${PACKED_BYTES} * i + 1, 32), substr($3::bytea, ${PACKED_BYTES} * i + 33, 32), expiry
       FROM unnest($4::int8[]) WITH ORDINALITY AS each(expiry, nth), LATERAL (SELECT nth::int - 1 AS i) place`,
      [row.id, tree.ids, packed, expiries],
    );
    return true;
  }

  /** Batches kept here that have some of the tree's orders. */
  async clashes(tree: BatchTree): Promise<ClashingBatch[]> {
    const rows = await this.query<Row & { on_chain: boolean }>(
      `SELECT n.*, EXISTS (SELECT FROM chain_order_batches b WHERE b.buyer = n.buyer AND b.root = n.root) AS on_chain
       FROM order_batches n WHERE n.id IN (
         SELECT l.batch_id FROM generate_series(0, $2 - 1) i
           JOIN order_leaves l ON l.order_id = substr($1::bytea, 32 * i + 1, 32))`,
      [tree.ids, tree.size],
    );
    return rows.map((row) => ({ ...read(row), onChain: row.on_chain }));
  }

  /** Forgets a batch that never reached the chain. */
  async remove(root: Hex): Promise<void> {
    await this.query(
      `WITH gone AS (DELETE FROM order_batches WHERE root = $1 RETURNING id)
       DELETE FROM order_leaves USING gone WHERE batch_id = gone.id`,
      [toBytes(root)],
    );
  }

  async find(root: Hex): Promise<OrderBatch | undefined> {
    const rows = await this.query<Row>('SELECT * FROM order_batches WHERE root = $1', [toBytes(root)]);
    return rows.map(read)[0];
  }

  /**
   * The orders under the node at `place` of a batch's tree, packed as {@link PACKED_BYTES} says, with that tree's nodes: null
   * for a batch from before they were kept. Undefined when there are no such orders.
   */
  async branch(root: Hex, place: number): Promise<{ nodes: Buffer | null; packed: Buffer } | undefined> {
    const first = place * UNDER_A_NODE;
    const [row] = await this.unitOfWork.read<{ nodes: Buffer | null; packed: Buffer | null }>(BRANCH, [
      toBytes(root),
      first,
      first + UNDER_A_NODE,
    ]);
    return row?.packed ? { nodes: row.nodes, packed: row.packed } : undefined;
  }

  /** All orders of a batch in their order, packed. */
  async packed(root: Hex): Promise<Buffer> {
    const [row] = await this.query<{ packed: Buffer }>(
      `SELECT ${PACKED} AS packed FROM order_leaves l JOIN order_batches n ON n.id = l.batch_id WHERE n.root = $1`,
      [toBytes(root)],
    );
    return row!.packed;
  }

  /** Keeps the nodes of a batch from before they were. */
  async keepNodes(root: Hex, nodes: Buffer): Promise<void> {
    await this.query('UPDATE order_batches SET nodes = $2 WHERE root = $1', [toBytes(root), nodes]);
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}

function read({ buyer, supplier, root, size, submission_id: submission }: Row): OrderBatch {
  return { buyer: Number(buyer), supplier: Number(supplier), root: toHex(root), size, submission };
}
