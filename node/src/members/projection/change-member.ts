import type { RowStore } from '../../indexer/index.js';
import { chainMembers, type MemberRow } from '../storage/chain-members.js';

/** Changes a member that is there, and counts the change. */
export function changeMember(rows: RowStore, member: number, change: Partial<MemberRow>): void {
  const { version } = rows.patch(chainMembers, { member }, change);
  rows.patch(chainMembers, { member }, { version: version + 1 });
}
