import type { ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { BatchedOrders } from '../queries/batched-orders.js';
import type { OrdersOnChain } from '../queries/orders-on-chain.js';
import { ReceiveOrderBatch } from './receive-order-batch.js';
import { ReceiveOrderDocument } from './receive-order-document.js';

const SENDER = 1;
const SELF = 2;
const order: Hex = `0x${'ab'.repeat(32)}`;
const members = { self: () => Promise.resolve({ id: SELF }) } as never;

/** What must not be asked anything: it would keep what came. */
const untouched = new Proxy({}, { get: (_, name) => fail(`${String(name)} was asked`) }) as never;
function fail(why: string): never {
  throw new Error(why);
}

const letter = <Body>(body: Body) => ({ from: { id: SENDER }, object: order, body }) as ReceivedEnvelope<Body>;

it('takes in no document of an order before the chain has it, be it made up or early', async () => {
  const chain: Pick<OrdersOnChain, 'missing'> = { missing: (ids) => Promise.resolve([...ids]) };
  const rest = [untouched, untouched, untouched, untouched, untouched] as const;
  const handler = new ReceiveOrderDocument(members, ...rest, chain as OrdersOnChain);
  const sent = { order, tag: order, seed: order, document: '', mediaType: 'application/json' };
  await expect(handler.handle(letter({ orders: [sent] }))).rejects.toMatchObject({
    ...{ code: 'ORDER_NOT_HERE_YET', status: 503 },
    facts: { order },
  });
});

it.each([
  ['the chain has', undefined],
  ['was posted to this member', 3],
])('takes in no batch before %s it', async (_, supplier) => {
  const chain: Pick<BatchedOrders, 'supplierOf'> = { supplierOf: () => Promise.resolve(supplier) };
  const handler = new ReceiveOrderBatch(members, untouched, untouched, chain as BatchedOrders);
  await expect(handler.handle(letter({ orders: '' }))).rejects.toMatchObject({
    ...{ code: 'ORDER_NOT_HERE_YET', status: 503 },
    facts: { batch: order },
  });
});
