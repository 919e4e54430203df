/** Keys of a member that are no accounts of the chain, by their number in the registry. */
export const KEY_KINDS = { MESSAGE_SIGNING: 1, MESSAGE_ENCRYPTION: 2, TAG: 3 } as const;
export type KeyKind = keyof typeof KEY_KINDS;

/** Name of a key kind's number. */
export function keyKindOf(kind: number): KeyKind {
  const name = (Object.keys(KEY_KINDS) as KeyKind[]).find((key) => KEY_KINDS[key] === kind);
  if (!name) throw new RangeError(`no kind of key has the number ${kind}`);
  return name;
}
