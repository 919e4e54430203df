import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../database/index.js';
import { readRows } from '../../indexer/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { dbInt } from '../../kernel/db-int.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { NameOf } from '../../members/index.js';
import type { Parties } from '../domain/party.js';
import { chainOrderBatches } from '../storage/chain-order-batches.js';
import { OF_LEAF } from '../storage/order-documents.js';

export const orderBatchView = z.object({
  id: z.string().describe('Root over its orders.'),
  status: z.enum(['POSTED', 'ANSWERED']),
  version: z.int().describe('1 when posted, 2 when answered.'),
  buyer: z.string().describe('Short name of the member.'),
  supplier: z.string().describe('Short name of the member.'),
  orders: z.int().describe('How many are in it.'),
  accepted: z.int().nullable().describe('How many the supplier accepted; null until it has answered.'),
  postedAt: z.iso.datetime().describe('Block time.'),
  answeredAt: z.iso.datetime().nullable(),
  block: z.int().describe('Of the last change.'),
});
export type OrderBatchView = z.output<typeof orderBatchView>;

/** One by itself. */
export const orderBatchDetail = orderBatchView.extend({
  read: z
    .int()
    .describe('Of how many this node has the document: they come after the batch. See `rejectUnread` of the answer.'),
});
export type OrderBatchDetail = z.output<typeof orderBatchDetail>;

/** Where a page ends: block and log of the last batch's posting. Newest first. */
export const batchKey = z.tuple([dbInt, dbInt]);
export type BatchKey = z.output<typeof batchKey>;

/** A batch that this member is party to, on chain and with its orders here. Times are block times in seconds. */
export interface KnownBatch extends Parties {
  readonly root: Hex;
  readonly size: number;
  readonly accepted: number | null;
  readonly postedAt: number;
  readonly answeredAt: number | null;
  readonly block: number;
  readonly key: BatchKey;
}

const SELECT = `SELECT b.*, n.size, bit_count(b.bitmap)::int AS accepted
  FROM chain_order_batches b JOIN order_batches n ON n.root = b.root AND n.buyer = b.buyer`;

/** Batches of orders that this member posted or was posted, as of the indexed head. */
@Injectable()
export class OrderBatchViews {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Throws ORDER_BATCH_UNKNOWN: not on chain yet, or its orders have not arrived here. */
  async require(root: Hex): Promise<KnownBatch> {
    const [batch] = await this.query(`${SELECT} WHERE b.root = $1`, [toBytes(root)]);
    if (batch) return batch;
    throw CONTRACT_PROBLEMS.OrderBatchUnknown('no batch with this root is on chain and its orders here', { root });
  }

  /** Of how many of its orders the document is here. */
  async countRead(root: Hex): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ read: number }[]>(
      `SELECT count(*)::int AS read
       FROM order_batches n JOIN order_leaves l ON l.batch_id = n.id JOIN order_documents d ON ${OF_LEAF}
       WHERE n.root = $1`,
      [toBytes(root)],
    );
    return row!.read;
  }

  /** Newest first, up to `limit` after `after`. */
  list(limit: number, after?: BatchKey): Promise<KnownBatch[]> {
    return this.query(
      `${SELECT} WHERE $2::int8 IS NULL OR (b.posted_block, b.posted_log) < ($2, $3)
       ORDER BY b.posted_block DESC, b.posted_log DESC LIMIT $1`,
      [limit, ...(after ?? [null, null])],
    );
  }

  private async query(sql: string, parameters: unknown[]): Promise<KnownBatch[]> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(sql, parameters);
    return readRows(chainOrderBatches, rows).map((row, i) => {
      const { size, accepted } = rows[i] as { size: number; accepted: number | null };
      return {
        ...{ root: row.root, buyer: row.buyer, supplier: row.supplier, size, accepted },
        postedAt: row.posted_at,
        answeredAt: row.answered_at,
        block: row.answered_block ?? row.posted_block,
        key: [row.posted_block, row.posted_log],
      };
    });
  }
}

export function toBatchView(batch: KnownBatch, nameOf: NameOf): OrderBatchView {
  const { root: id, size: orders, accepted, answeredAt, block } = batch;
  const answered = answeredAt !== null;
  return {
    ...{ id, orders, accepted, block },
    status: answered ? 'ANSWERED' : 'POSTED',
    version: answered ? 2 : 1,
    buyer: nameOf(batch.buyer),
    supplier: nameOf(batch.supplier),
    postedAt: timeOf(batch.postedAt),
    answeredAt: answered ? timeOf(answeredAt) : null,
  };
}
