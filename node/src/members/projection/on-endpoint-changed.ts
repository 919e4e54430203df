import { defineProjection, touch } from '../../indexer/index.js';
import { chainMembers } from '../storage/chain-members.js';
import { changeMember } from './change-member.js';

export const onEndpointChanged = defineProjection({
  event: 'EndpointChanged',
  touches: ({ event: { args } }) => [touch(chainMembers, { member: args.member })],
  apply: ({ event: { args } }, rows) => changeMember(rows, args.member, { endpoint: args.endpoint }),
});
