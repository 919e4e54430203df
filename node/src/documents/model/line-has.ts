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

/**
 * Which deciding members a line has, as its field `has`: whoever sees it sees what a disclosure leaves out, which the
 * fields themselves cannot show.
 */
export function lineHas(members: Readonly<Record<string, unknown>>): string {
  return DECIDING_MEMBERS.filter((name) => members[name] !== undefined && members[name] !== null).join(' ');
}

/** The members that a line's `has` names; undefined if it is not in its one form. */
export function membersOf(has: string): ReadonlySet<DecidingMember> | undefined {
  const names = new Set(has.split(' '));
  const members = DECIDING_MEMBERS.filter((name) => names.has(name));
  return members.join(' ') === has ? new Set(members) : undefined;
}
