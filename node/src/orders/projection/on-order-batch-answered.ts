import { defineProjection, touch } from '../../indexer/index.js';
import { chainOrderBatches } from '../storage/chain-order-batches.js';

export const onOrderBatchAnswered = defineProjection({
  event: 'OrderBatchAnswered',
  touches: ({ event: { args } }) => [touch(chainOrderBatches, { buyer: args.buyer, root: args.root })],
  apply({ event: { args }, block, blockTime }, rows) {
    const { buyer, root, bitmap } = args;
    rows.patch(chainOrderBatches, { buyer, root }, { bitmap, answered_block: block, answered_at: blockTime });
  },
});
