/** What one portion may hold. */
export interface PortionLimits {
  /** in all */
  readonly bytes: number;
  readonly items?: number;
}

/**
 * The items in their order, in portions of `bytes` in all at most and of `items` at most; none is empty. One that is larger by itself has a
 * portion of its own: whoever cannot take that has to cut it first.
 */
export function inPortions<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  { bytes, items: most = Infinity }: PortionLimits,
): T[][] {
  const portions: T[][] = [];
  let left = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = portions.at(-1);
    if (last && size <= left && last.length < most) last.push(item);
    else {
      portions.push([item]);
      left = bytes;
    }
    left -= size;
  }
  return portions;
}

/** Bytes of an item of a JSON array, with the comma after it. */
export function jsonBytes(item: unknown): number {
  return Buffer.byteLength(JSON.stringify(item)) + 1;
}
