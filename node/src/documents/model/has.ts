/**
 * Which of `names` there are, as a field `has`: one space between two, empty text when there are none. Whoever sees it sees
 * what a disclosure leaves out, which the fields themselves cannot show.
 */
export function hasOf(names: readonly string[], members: Readonly<Record<string, unknown>>): string {
  return names.filter((name) => members[name] !== undefined && members[name] !== null).join(' ');
}

/** The members that a `has` names; undefined if it is not in its one form. */
export function namedIn<Name extends string>(names: readonly Name[], has: string): ReadonlySet<Name> | undefined {
  const named = new Set(has.split(' '));
  const members = names.filter((name) => named.has(name));
  return members.join(' ') === has ? new Set(members) : undefined;
}
