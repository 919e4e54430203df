import type { MemberState } from './chain-state.js';
import { type Fragment, invalid, valid } from './fragment.js';

/** The parties are active members now; a suspended one may finish but not begin (rule 10), so nothing new rests on it. */
export function judgeMembership(parties: Readonly<Record<string, MemberState>>): Fragment {
  const suspended = Object.entries(parties)
    .filter(([, { active }]) => !active)
    .map(([name]) => name);
  if (suspended.length > 0)
    return invalid('MEMBERSHIP', 'MEMBER_NOT_ACTIVE', `Not an active member: ${suspended.join(', ')}.`, { suspended });
  return valid('MEMBERSHIP', `${Object.keys(parties).join(' and ')} are active members.`);
}
