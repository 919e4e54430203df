import type { TradeDocument } from '../../documents/index.js';

/** Most orders in a transaction: 100 take 2.8 million gas. */
const MOST_ORDERS = 100;
/** Most bytes of documents in an envelope, unless a single one is larger. */
const MOST_BYTES = 1024 * 1024;

interface Batchable {
  readonly supplier: number;
  readonly document: Pick<TradeDocument, 'source'>;
}

type Batch<Order> = [Order, ...Order[]];

/** Orders by supplier, as many together as go into one transaction and one envelope. */
export function batches<Order extends Batchable>(orders: readonly Order[]): Batch<Order>[] {
  const done: Batch<Order>[] = [];
  const open = new Map<number, { batch: Batch<Order>; bytes: number }>();
  for (const order of orders) {
    const size = order.document.source.bytes.length;
    const current = open.get(order.supplier);
    if (current && current.batch.length < MOST_ORDERS && current.bytes + size <= MOST_BYTES) {
      current.batch.push(order);
      current.bytes += size;
      continue;
    }
    const batch: Batch<Order> = [order];
    done.push(batch);
    open.set(order.supplier, { batch, bytes: size });
  }
  return done;
}
