import { defineProjection, touch } from '../../indexer/index.js';
import { chainMembers } from '../storage/chain-members.js';
import { changeMember } from './change-member.js';

export const onMemberAdminReplaced = defineProjection({
  event: 'MemberAdminReplaced',
  touches: ({ event: { args } }) => [touch(chainMembers, { member: args.member })],
  apply: ({ event: { args } }, rows) => changeMember(rows, args.member, { admin: args.admin }),
});
