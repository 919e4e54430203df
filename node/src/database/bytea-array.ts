const BYTEA = 17;
const HEAD = 20;
const LENGTH = 4;

/**
 * A `bytea[]` as PostgreSQL sends and takes it in binary, to be given as a parameter. pg writes an array of buffers as text, two digits
 * a byte, and PostgreSQL takes longer to read that than to insert the rows.
 */
export function byteaArray(items: readonly Uint8Array[]): Buffer {
  // An array of nothing has no dimension.
  if (items.length === 0) return words(0, 0, BYTEA);
  const size = items.reduce((sum, { length }) => sum + LENGTH + length, HEAD);
  const array = Buffer.allocUnsafe(size);
  array.set(words(1, 0, BYTEA, items.length, 1));
  let at = HEAD;
  for (const item of items) {
    array.writeInt32BE(item.length, at);
    array.set(item, at + LENGTH);
    at += LENGTH + item.length;
  }
  return array;
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(LENGTH * values.length);
  values.forEach((value, i) => bytes.writeInt32BE(value, i * LENGTH));
  return bytes;
}
