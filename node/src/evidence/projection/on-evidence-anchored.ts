import { defineProjection } from '../../indexer/index.js';
import { chainAnchors } from '../storage/chain-anchors.js';

export const onEvidenceAnchored = defineProjection({
  event: 'EvidenceAnchored',
  touches: () => [],
  apply({ event: { args }, block, blockTime }, rows) {
    const { member, index: batch, root, count: leaves, head } = args;
    rows.put(chainAnchors, { member, batch, root, leaves, head, anchored_block: block, anchored_at: blockTime });
  },
});
