import { defineProjection, touch } from '../../indexer/index.js';
import { chainOrderBatches } from '../storage/chain-order-batches.js';
import { chainOrders } from '../storage/chain-orders.js';

/** The column's greatest: until a batch is answered its buyer alone says how many orders it has, in 32 bits. The place only sorts lists. */
const LAST_PLACE = 2 ** 31 - 1;

/**
 * The order was posted with its batch: it keeps that time and its place in lists. Where its buyer has posted it again as a framework
 * contract or a call-off since, it is neither.
 */
export const onOrderMaterialised = defineProjection({
  event: 'OrderMaterialised',
  touches: ({ event: { args } }) => [
    touch(chainOrders, { id: args.order }),
    touch(chainOrderBatches, { buyer: args.buyer, root: args.root }),
  ],
  apply({ event: { args } }, rows) {
    const { order: id, buyer, root, index } = args;
    const { posted_block, posted_log, posted_at } = rows.get(chainOrderBatches, { buyer, root })!;
    const place = { posted_block, posted_log, posted_at, posted_position: Math.min(index, LAST_PLACE) };
    rows.patch(chainOrders, { id }, { ...place, batch_root: root, type: 'ORDER', framework: null });
  },
});
