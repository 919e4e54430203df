import type { TradeDocument } from '../../documents/index.js';

/** Most orders in a transaction: 100 take 2.8 million gas. */
const MOST_ORDERS = 100;
/** Most bytes of documents in an envelope, unless a single one is larger. */
const MOST_BYTES = 1024 * 1024;

interface Postable {
  readonly supplier: number;
  readonly document: Pick<TradeDocument, 'source'>;
}

type Together<Order> = [Order, ...Order[]];

/** Orders by supplier, as many together as go into one transaction and one envelope. */
export function perTransaction<Order extends Postable>(orders: readonly Order[]): Together<Order>[] {
  const done: Together<Order>[] = [];
  const open = new Map<number, { together: Together<Order>; bytes: number }>();
  for (const order of orders) {
    const size = order.document.source.bytes.length;
    const current = open.get(order.supplier);
    if (current && current.together.length < MOST_ORDERS && current.bytes + size <= MOST_BYTES) {
      current.together.push(order);
      current.bytes += size;
      continue;
    }
    const together: Together<Order> = [order];
    done.push(together);
    open.set(order.supplier, { together, bytes: size });
  }
  return done;
}
