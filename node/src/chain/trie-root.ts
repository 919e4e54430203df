import { keccak256 } from '../kernel/keccak.js';
import { encodeRlp, type RlpItem, rlpQuantity } from '../kernel/rlp.js';
import { quantity } from './quantity.js';

interface Entry {
  readonly nibbles: readonly number[];
  readonly value: Uint8Array;
}

/** Root of the Merkle Patricia trie of a block's receipts: the value at each RLP-encoded position. */
export function orderedTrieRoot(values: readonly Uint8Array[]): Uint8Array {
  const entries = values.map((value, index) => ({
    nibbles: nibblesOf(encodeRlp(rlpQuantity(quantity(index)))),
    value,
  }));
  const root = entries.length ? encodeRlp(node(entries, 0)) : encodeRlp('0x');
  return keccak256(root);
}

/** The node over entries that agree up to `depth`. */
function node(entries: readonly Entry[], depth: number): RlpItem {
  const [first, ...others] = entries;
  if (!others.length) return [compact(first!.nibbles.slice(depth), true), first!.value];
  const shared = Math.min(...others.map(({ nibbles }) => agreement(first!.nibbles, nibbles, depth)));
  if (shared > depth) return [compact(first!.nibbles.slice(depth, shared), false), reference(node(entries, shared))];
  const children = Array.from({ length: 16 }, (_, nibble) => {
    const below = entries.filter(({ nibbles }) => nibbles[depth] === nibble);
    return below.length ? reference(node(below, depth + 1)) : new Uint8Array();
  });
  // No RLP-encoded position is the start of another one, so no value ends at a branch.
  return [...children, new Uint8Array()];
}

/** A node within its parent: itself when it is short, else its hash. */
function reference(item: RlpItem): RlpItem {
  const encoded = encodeRlp(item);
  return encoded.length < 32 ? item : keccak256(encoded);
}

function agreement(a: readonly number[], b: readonly number[], from: number): number {
  let at = from;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Hex-prefix encoding of a path: the flag says whether a leaf ends it, and whether its length is odd. */
function compact(nibbles: readonly number[], leaf: boolean): Uint8Array {
  const odd = nibbles.length % 2;
  const padded = [(leaf ? 2 : 0) + odd, ...(odd ? [] : [0]), ...nibbles];
  return Uint8Array.from({ length: padded.length / 2 }, (_, i) => padded[2 * i]! * 16 + padded[2 * i + 1]!);
}

function nibblesOf(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte) => [byte >> 4, byte & 15]);
}
