/** Things to call in their order, in portions of at most `bytes` of calldata; each has at least one. */
export function portions<T extends { readonly data: string }>(calls: readonly T[], bytes: number): T[][] {
  const made: T[][] = [];
  let room = 0;
  for (const call of calls) {
    const size = (call.data.length - 2) / 2;
    if (size > room || made.length === 0) {
      made.push([]);
      room = bytes;
    }
    made.at(-1)!.push(call);
    room -= size;
  }
  return made;
}
