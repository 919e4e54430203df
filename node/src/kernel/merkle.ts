import { keccak256 } from './keccak.js';

/** Some leaves of a tree (ascending), with what is needed to come from them to the root: OpenZeppelin's multiproof. */
export interface Multiproof {
  readonly leaves: readonly Uint8Array[];
  readonly proof: readonly Uint8Array[];
  readonly flags: readonly boolean[];
}

const WORD = 32;
const pair = new Uint8Array(2 * WORD);

/** The parent of two nodes, in whichever order they are given. */
export function hashPair(a: Uint8Array, b: Uint8Array): Uint8Array {
  const ordered = Buffer.compare(a, b) <= 0;
  pair.set(ordered ? a : b, 0);
  pair.set(ordered ? b : a, WORD);
  return keccak256(pair);
}

let scratch = Buffer.alloc(1024);

/**
 * The leaf of a field: keccak256(keccak256(abi.encode(bytes32 salt, string path, string value))), byte for byte what
 * OpenZeppelin's StandardMerkleTree makes of those three types.
 */
export function fieldLeaf(salt: Uint8Array, path: string, value: string): Uint8Array {
  const pathBytes = Buffer.byteLength(path);
  const valueBytes = Buffer.byteLength(value);
  const pathWords = Math.ceil(pathBytes / WORD);
  const valueAt = (4 + pathWords) * WORD;
  const length = valueAt + (1 + Math.ceil(valueBytes / WORD)) * WORD;
  if (scratch.length < length) scratch = Buffer.alloc(2 * length);
  const head = scratch.fill(0, 0, length);
  head.set(salt, 0);
  head.writeUInt32BE(3 * WORD, 2 * WORD - 4);
  head.writeUInt32BE(valueAt, 3 * WORD - 4);
  head.writeUInt32BE(pathBytes, 4 * WORD - 4);
  head.write(path, 4 * WORD);
  head.writeUInt32BE(valueBytes, valueAt + WORD - 4);
  head.write(value, valueAt + WORD);
  return keccak256(keccak256(head.subarray(0, length)));
}

/** A Merkle tree laid out as OpenZeppelin's: node 0 is the root, children of i are 2i+1 and 2i+2, leaves sorted from the end. */
export class MerkleTree {
  private readonly nodes: readonly Uint8Array[];
  private readonly positions: ReadonlyMap<number, number>;

  /** `leaves` are 32 bytes each and at least one; the order given is kept only as the index for {@link multiproof}. */
  constructor(leaves: readonly Uint8Array[]) {
    if (leaves.length === 0) throw new RangeError('a Merkle tree needs a leaf');
    const order = leaves.map((_, index) => index).sort((a, b) => Buffer.compare(leaves[a]!, leaves[b]!));
    const size = 2 * leaves.length - 1;
    const nodes = new Array<Uint8Array>(size);
    const positions = new Map<number, number>();
    order.forEach((index, rank) => {
      nodes[size - 1 - rank] = leaves[index]!;
      positions.set(index, size - 1 - rank);
    });
    for (let i = size - leaves.length - 1; i >= 0; i--) nodes[i] = hashPair(nodes[2 * i + 1]!, nodes[2 * i + 2]!);
    this.nodes = nodes;
    this.positions = positions;
  }

  get root(): Uint8Array {
    return this.nodes[0]!;
  }

  /** A proof for the leaves given at these indices, in any order and without repeats. */
  multiproof(indices: readonly number[]): Multiproof {
    const queue = indices.map((index) => this.positions.get(index)!).sort((a, b) => b - a);
    const leaves = queue.map((node) => this.nodes[node]!);
    const proof: Uint8Array[] = [];
    const flags: boolean[] = [];
    for (let at = 0; queue[at]! > 0; at++) {
      const node = queue[at]!;
      const sibling = node % 2 === 0 ? node - 1 : node + 1;
      const known = queue[at + 1] === sibling;
      flags.push(known);
      if (known) at++;
      else proof.push(this.nodes[sibling]!);
      queue.push((node - 1) >> 1);
    }
    return { leaves, proof, flags };
  }
}

/**
 * The root that a multiproof leads to, or null when it is not in the one form that {@link MerkleTree.multiproof} gives:
 * leaves strictly ascending, each proof element used, one node left.
 */
export function multiproofRoot({ leaves, proof, flags }: Multiproof): Uint8Array | null {
  if (leaves.length === 0 || leaves.length + proof.length !== flags.length + 1) return null;
  for (let i = 1; i < leaves.length; i++) if (Buffer.compare(leaves[i - 1]!, leaves[i]!) >= 0) return null;
  const queue = [...leaves];
  let [at, used] = [0, 0];
  for (const known of flags) {
    const a = queue[at++];
    const b = known ? queue[at++] : proof[used++];
    if (!a || !b) return null;
    queue.push(hashPair(a, b));
  }
  return used === proof.length && at === queue.length - 1 ? queue[at]! : null;
}
