import { hasOf, namedIn } from './has.js';

/** Members of an invoice that say that less of it is owed, or to another, than it looks; in ascending order. */
const TELLING_MEMBERS = ['payTo', 'prepaid', 'rounding'] as const;
export type TellingMember = (typeof TELLING_MEMBERS)[number];

/** Which telling members an invoice has, as its field `has`. */
export const invoiceHas = (members: Readonly<Record<string, unknown>>): string => hasOf(TELLING_MEMBERS, members);

/** The members that an invoice's `has` names; undefined if it is not in its one form. */
export const tellingMembersOf = (has: string): ReadonlySet<TellingMember> | undefined => namedIn(TELLING_MEMBERS, has);
