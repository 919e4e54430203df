import { defineProjection, touch } from '../../indexer/index.js';
import { corrects } from '../domain/fulfilment-log.js';
import { chainMilestones } from '../storage/chain-milestones.js';

export const onMilestoneRecorded = defineProjection({
  event: 'MilestoneRecorded',
  touches({ event: { args } }) {
    return [touch(chainMilestones, { order_id: args.order, entry: args.supersedes })];
  },
  apply({ event: { args }, block, logIndex, tx }, rows) {
    const { order, entry, author, kind, supersedes } = args;
    const earlier = rows.get(chainMilestones, { order_id: order, entry: supersedes });
    rows.put(chainMilestones, {
      order_id: order,
      entry,
      position: args.index,
      kind,
      author,
      commitment: args.commitment,
      supersedes,
      origin: earlier && corrects({ author, kind }, earlier) ? earlier.origin : entry,
      recorded_at: args.recordedAt,
      head: args.head,
      block,
      log_index: logIndex,
      tx,
    });
  },
});
