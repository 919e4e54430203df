import { defineProjection, touch } from '../../indexer/index.js';
import { hashWords } from '../../kernel/abi-words.js';
import type { Hex } from '../../kernel/hex.js';
import { chainAnchors } from '../storage/chain-anchors.js';

const BEFORE_THE_FIRST: Hex = `0x${'00'.repeat(32)}`;

export const onEvidenceAnchored = defineProjection({
  event: 'EvidenceAnchored',
  touches: ({ event: { args } }) => [touch(chainAnchors, { member: args.member, batch: args.index - 1 })],
  apply({ event: { args }, block, blockTime }, rows) {
    const { member, index: batch, root, count: leaves } = args;
    const before = rows.get(chainAnchors, { member, batch: batch - 1 })?.head ?? BEFORE_THE_FIRST;
    const head = hashWords(before, root);
    rows.put(chainAnchors, { member, batch, root, leaves, head, anchored_block: block, anchored_at: blockTime });
  },
});
