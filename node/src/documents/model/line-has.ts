import { hasOf, namedIn } from './has.js';

/** Members of a line that decide what it is worth and which line of an order it meets (rule 5), in ascending order. */
const DECIDING_MEMBERS = [
  'amount',
  'buyerItem',
  'item',
  'orderLine',
  'orderNumber',
  'quantity',
  'rejected',
  'standardItem',
  'unit',
] as const;
export type DecidingMember = (typeof DECIDING_MEMBERS)[number];

/** Which deciding members a line has, as its field `has`. */
export const lineHas = (members: Readonly<Record<string, unknown>>): string => hasOf(DECIDING_MEMBERS, members);

/** The members that a line's `has` names; undefined if it is not in its one form. */
export const membersOf = (has: string): ReadonlySet<DecidingMember> | undefined => namedIn(DECIDING_MEMBERS, has);
