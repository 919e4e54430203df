import { defineProjection } from '../../indexer/index.js';
import { chainOrderTags } from '../storage/chain-order-tags.js';

export const onOrderTagRegistered = defineProjection({
  event: 'OrderTagRegistered',
  touches: () => [],
  apply({ event }, rows) {
    const { buyer, tag, order } = event.args;
    rows.put(chainOrderTags, { buyer, tag, order_id: order });
  },
});
