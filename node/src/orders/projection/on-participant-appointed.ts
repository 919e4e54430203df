import { defineProjection, touch } from '../../indexer/index.js';
import { chainParticipants } from '../storage/chain-participants.js';

export const onParticipantAppointed = defineProjection({
  event: 'ParticipantAppointed',
  touches({ event: { args } }) {
    return [touch(chainParticipants, { order_id: args.order, member: args.member, appointed_by: args.by })];
  },
  apply({ event: { args }, block, blockTime }, rows) {
    const { order, member, by, kinds, until } = args;
    rows.put(chainParticipants, { order_id: order, member, appointed_by: by, kinds, until, block, at: blockTime });
  },
});
