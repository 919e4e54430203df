import { RegistryDomains } from '../../chain/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { Members } from '../../members/index.js';
import { BatchTree, MOST_IN_BATCH, PACKED_BYTES } from '../domain/batch-tree.js';
import { orderBatchMismatch, orderNotHereYet } from '../domain/problems.js';
import { BatchedOrders } from '../queries/batched-orders.js';
import { OrderBatches } from '../storage/order-batches.js';
import { type OrderBatchBody, orderBatchBody } from './envelopes.js';

/**
 * Takes in the orders of a batch that this supplier was posted: rebuilt, they must come to its root, with none there
 * twice and none known by another batch, and the chain must have it. So what is answered later is answered for these orders and no others.
 */
@EnvelopeHandler('order.batch', { body: orderBatchBody })
export class ReceiveOrderBatch implements EnvelopeProcessor<OrderBatchBody> {
  constructor(
    private readonly members: Members,
    private readonly domains: RegistryDomains,
    private readonly batches: OrderBatches,
    private readonly chain: BatchedOrders,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<OrderBatchBody>): Promise<void> {
    const { id: self } = await this.members.self();
    if ((await this.chain.supplierOf(from.id, object)) !== self) {
      throw orderNotHereYet('its orders are taken in once it is posted', { batch: object });
    }
    const packed = Buffer.from(body.orders, 'base64');
    const size = packed.length / PACKED_BYTES;
    if (!Number.isInteger(size) || size < 1 || size > MOST_IN_BATCH) {
      throw orderBatchMismatch(`${packed.length} bytes are no batch of orders`, { batch: object });
    }
    for (let at = PACKED_BYTES - 8; at < packed.length; at += PACKED_BYTES) {
      const known = packed.readUIntBE(at, 3) === 0;
      if (!known) throw orderBatchMismatch('an order has no expiry that the chain knows', { batch: object });
    }
    const sides = { buyer: from.id, supplier: self };
    const tree = BatchTree.of({ registry: this.domains.of('OrderRegistry'), ...sides }, packed);
    if (tree.root !== object) throw orderBatchMismatch('the orders do not come to the root', { batch: object });
    if (tree.hasTwins()) throw orderBatchMismatch('an order is in the batch twice', { batch: object });
    if (await this.batches.find(object)) return;
    const [clash] = await this.batches.clashes(tree);
    if (clash) throw orderBatchMismatch('an order is in an earlier batch', { batch: object, earlier: clash.root });
    await this.batches.add({ ...sides, submission: null }, tree, packed);
  }
}
