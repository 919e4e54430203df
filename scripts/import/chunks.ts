import { createHash } from 'node:crypto';
import { type Found, isUnfit, type Item, type Unfit } from './item.js';

/** Items that are sent together. */
export interface Chunk {
  readonly found: readonly Found[];
  readonly unfit: readonly Unfit[];
  /** SHA-256 over them: by it the journal knows a chunk again. */
  readonly digest: string;
}

export interface ChunkSize {
  readonly items: number;
  readonly bytes: number;
}

/** Items in chunks that end by themselves at the same places each time. */
export async function* chunksOf(items: AsyncIterable<Item>, most: ChunkSize): AsyncGenerator<Chunk> {
  let some: Item[] = [];
  let bytes = 0;
  for await (const item of items) {
    const size = isUnfit(item) ? 0 : Buffer.byteLength(item.text) + 1;
    if (some.length === most.items || (some.length > 0 && bytes + size > most.bytes)) {
      yield chunkOf(some);
      [some, bytes] = [[], 0];
    }
    some.push(item);
    bytes += size;
  }
  if (some.length > 0) yield chunkOf(some);
}

function chunkOf(items: readonly Item[]): Chunk {
  const hash = createHash('sha256');
  for (const item of items) hash.update(JSON.stringify(item)).update('\n');
  return {
    found: items.filter((item): item is Found => !isUnfit(item)),
    unfit: items.filter(isUnfit),
    digest: hash.digest('hex'),
  };
}
