import { defineProjection, touch } from '../../indexer/index.js';
import { chainMembers } from '../storage/chain-members.js';
import { changeMember } from './change-member.js';

export const onMemberReinstated = defineProjection({
  event: 'MemberReinstated',
  touches: ({ event: { args } }) => [touch(chainMembers, { member: args.member })],
  apply: ({ event: { args } }, rows) => changeMember(rows, args.member, { suspended: false }),
});
