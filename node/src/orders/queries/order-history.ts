import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { PG_POOL } from '../../database/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { dbInt } from '../../kernel/db-int.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { NameOf } from '../../members/index.js';
import type { Order } from '../domain/order.js';

/** Where a page of a history ends: block and log index. */
export const historyKey = z.tuple([dbInt, dbInt]);
export type HistoryKey = z.output<typeof historyKey>;

export const historyEntryView = z.object({
  event: z.string().describe('Name of the chain event.'),
  at: z.iso.datetime().describe('Block time.'),
  block: z.int(),
  transaction: z.string(),
  by: z.string().nullable().describe('Member whose act it was; null where time or another registry did it.'),
  version: z.int().nullable().describe('Of the document, where the event is about one.'),
  commitment: z.string().nullable(),
  milestone: z.string().nullable().describe('Kind of the milestone recorded.'),
});
export type HistoryEntryView = z.output<typeof historyEntryView>;

/** An event of an order as the indexer keeps it. */
export interface OrderEvent {
  readonly key: HistoryKey;
  readonly name: string;
  readonly blockTime: number;
  readonly tx: Hex;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Row {
  readonly block: string;
  readonly log_index: number;
  readonly block_time: string;
  readonly tx: Buffer;
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** What became of an order and of the batch that it was posted in, from the chain's events, oldest first. */
@Injectable()
export class OrderHistory {
  constructor(@Inject(PG_POOL) private readonly pool: pg.Pool) {}

  async of(
    { id, batch, buyer }: Order,
    { after = [0, -1], limit }: { after?: [number, number]; limit: number },
  ): Promise<OrderEvent[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT block, log_index, block_time, tx, name, args FROM chain_events
        WHERE contract = 'OrderRegistry' AND (block, log_index) > ($3, $4)
          AND (object = $1 OR object = $2 AND (args->>'buyer')::int8 = $5)
        ORDER BY block, log_index LIMIT $6`,
      [toBytes(id), batch && toBytes(batch), ...after, buyer, limit],
    );
    return rows.map((row) => ({
      key: [Number(row.block), row.log_index],
      name: row.name,
      blockTime: Number(row.block_time),
      tx: toHex(row.tx),
      args: row.args,
    }));
  }
}

/** Whose act an event is, where the event does not name the member itself. */
const SIDE: Readonly<Record<string, 'buyer' | 'supplier'>> = {
  OrderPosted: 'buyer',
  FrameworkPosted: 'buyer',
  OrderCalledOff: 'buyer',
  OrderBatchPosted: 'buyer',
  OrderBatchAnswered: 'supplier',
  OrderAccepted: 'supplier',
  OrderRejected: 'supplier',
  OrderWithdrawn: 'buyer',
};

export function toHistoryEntry(event: OrderEvent, order: Order, nameOf: NameOf, kindOf: (kind: number) => string) {
  const { args, name } = event;
  const side = SIDE[name];
  const member = args['by'] ?? args['proposer'] ?? args['author'] ?? (side && order[side]);
  return {
    event: name,
    at: timeOf(event.blockTime),
    block: event.key[0],
    transaction: event.tx,
    by: typeof member === 'number' ? nameOf(member) : null,
    version: typeof args['version'] === 'number' ? args['version'] : null,
    commitment: typeof args['commitment'] === 'string' ? args['commitment'] : null,
    milestone: typeof args['kind'] === 'number' ? kindOf(args['kind']) : null,
  } satisfies HistoryEntryView;
}
