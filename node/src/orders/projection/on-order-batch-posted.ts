import { defineProjection } from '../../indexer/index.js';
import { chainOrderBatches } from '../storage/chain-order-batches.js';

export const onOrderBatchPosted = defineProjection({
  event: 'OrderBatchPosted',
  touches: () => [],
  apply({ event: { args }, block, blockTime, logIndex }, rows) {
    const { buyer, root, supplier } = args;
    rows.put(chainOrderBatches, {
      ...{ buyer, root, supplier },
      bitmap: null,
      posted_block: block,
      posted_log: logIndex,
      posted_at: blockTime,
      answered_block: null,
      answered_at: null,
    });
  },
});
