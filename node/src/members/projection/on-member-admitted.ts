import { defineProjection } from '../../indexer/index.js';
import { chainMembers } from '../storage/chain-members.js';

export const onMemberAdmitted = defineProjection({
  event: 'MemberAdmitted',
  touches: () => [],
  apply({ event: { args }, block }, rows) {
    const { member, admin, roles, chamber, name } = args;
    const fresh = { suspended: false, endpoint: null, admitted_block: block, version: 1 };
    rows.put(chainMembers, { member, name, admin, roles, chamber, ...fresh });
  },
});
