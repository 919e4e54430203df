import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { keccak256 } from '../../kernel/keccak.js';

const WORD = 32;

/** Most orders of a batch: as many as the contract takes bits of an answer. */
export const MOST_IN_BATCH = 16_384;

/** An order of a batch as it travels and is kept: commitment, tag and, as 8 bytes, the last second to accept it. */
export const PACKED_BYTES = 2 * WORD + 8;

/**
 * The nodes of a tree that are kept stand so many levels above its leaves, or are the root of a lower one: they and the
 * orders under one of them are all that a proof takes, whatever the batch's size.
 */
const KEPT_ABOVE = 7;

/** Orders under a node that is kept. */
export const UNDER_A_NODE = 2 ** KEPT_ABOVE;

/** What the ids of a batch's orders commit to besides commitment and tag. */
export interface BatchContext {
  /** OrderRegistry's EIP-712 domain separator. */
  readonly registry: Hex;
  readonly buyer: number;
  readonly supplier: number;
}

/**
 * The tree over a batch of orders, as IOrderBatches describes it: a leaf is keccak256(abi.encode(id, index, expiry)), a node
 * hashes its two children in ascending order, and a node without a sibling stands for itself one level up. Who has all
 * orders of a batch builds this tree and no other, so an index occurs in it once.
 */
export class BatchTree {
  private constructor(
    /** Ids of the orders, one after another. */
    readonly ids: Buffer,
    /** From the leaves to the root. */
    private readonly levels: readonly Buffer[],
  ) {}

  /** `packed` holds {@link PACKED_BYTES} for each order, in their order. */
  static of(context: BatchContext, packed: Buffer): BatchTree {
    const size = packed.length / PACKED_BYTES;
    if (!Number.isInteger(size) || size < 1 || size > MOST_IN_BATCH) throw new RangeError(`no batch of ${size} orders`);
    const { ids, leaves } = leavesOf(context, packed, 0);
    return new BatchTree(ids, levelsOver(leaves));
  }

  get size(): number {
    return this.ids.length / WORD;
  }

  get root(): Hex {
    return toHex(this.levels.at(-1)!);
  }

  idAt(index: number): Hex {
    return toHex(this.ids.subarray(index * WORD, (index + 1) * WORD));
  }

  /** The nodes with {@link UNDER_A_NODE} orders under each, fewer under the last. */
  get nodes(): Buffer {
    return this.levels[KEPT_ABOVE] ?? this.levels.at(-1)!;
  }

  /** From the leaf at `index` to the root. */
  proof(index: number): Hex[] {
    return siblings(this.levels, index);
  }

  /** Whether two of the orders are the same one. */
  hasTwins(): boolean {
    const seen = new Set<string>();
    for (let i = 0; i < this.ids.length; i += WORD) seen.add(this.ids.toString('latin1', i, i + WORD));
    return seen.size < this.size;
  }
}

/** The part of a tree that proofs of the orders under one of its {@link BatchTree.nodes} go through. */
export class BatchBranch {
  private readonly under: readonly Buffer[];
  private readonly above: readonly Buffer[];

  /** `packed` holds the orders under the node at `place` among `nodes`. */
  constructor(context: BatchContext, { nodes, packed, place }: { nodes: Buffer; packed: Buffer; place: number }) {
    this.under = levelsOver(leavesOf(context, packed, place * UNDER_A_NODE).leaves);
    this.above = levelsOver(nodes);
  }

  /** From the leaf at `index` of the batch, one under the node, to the root. */
  proof(index: number): Hex[] {
    return [...siblings(this.under, index % UNDER_A_NODE), ...siblings(this.above, Math.floor(index / UNDER_A_NODE))];
  }
}

/** Ids and leaves of orders that stand one after another in a batch, from index `first` on. */
function leavesOf(
  { registry, buyer, supplier }: BatchContext,
  packed: Buffer,
  first: number,
): { ids: Buffer; leaves: Buffer } {
  const size = packed.length / PACKED_BYTES;
  const [ids, leaves] = [Buffer.alloc(size * WORD), Buffer.alloc(size * WORD)];
  const identity = Buffer.alloc(5 * WORD);
  identity.set(toBytes(registry), 0);
  identity.writeUInt32BE(buyer, 2 * WORD - 4);
  identity.writeUInt32BE(supplier, 3 * WORD - 4);
  const leaf = Buffer.alloc(3 * WORD);
  for (let i = 0; i < size; i++) {
    packed.copy(identity, 3 * WORD, i * PACKED_BYTES, i * PACKED_BYTES + 2 * WORD);
    const id = keccak256(identity);
    ids.set(id, i * WORD);
    leaf.set(id, 0);
    leaf.writeUInt32BE(first + i, 2 * WORD - 4);
    packed.copy(leaf, 3 * WORD - 8, i * PACKED_BYTES + 2 * WORD, (i + 1) * PACKED_BYTES);
    leaves.set(keccak256(leaf), i * WORD);
  }
  return { ids, leaves };
}

function siblings(levels: readonly Buffer[], index: number): Hex[] {
  const proof: Hex[] = [];
  let place = index;
  for (const level of levels.slice(0, -1)) {
    const sibling = (place ^ 1) * WORD;
    if (sibling < level.length) proof.push(toHex(level.subarray(sibling, sibling + WORD)));
    place >>= 1;
  }
  return proof;
}

function levelsOver(leaves: Buffer): Buffer[] {
  const levels = [leaves];
  const pair = Buffer.alloc(2 * WORD);
  for (let level = leaves; level.length > WORD; level = levels.at(-1)!) {
    const above = Buffer.alloc(Math.ceil(level.length / (2 * WORD)) * WORD);
    for (let at = 0; at < level.length; at += 2 * WORD) {
      const right = at + WORD;
      if (right === level.length) level.copy(above, at / 2, at, right);
      else above.set(hashPair(level, at, pair), at / 2);
    }
    levels.push(above);
  }
  return levels;
}

/** Hash of the two words of `level` from `at` on, in ascending order. */
function hashPair(level: Buffer, at: number, pair: Buffer): Uint8Array {
  const [middle, end] = [at + WORD, at + 2 * WORD];
  if (level.compare(level, middle, end, at, middle) <= 0) level.copy(pair, 0, at, end);
  else {
    level.copy(pair, 0, middle, end);
    level.copy(pair, WORD, at, middle);
  }
  return keccak256(pair);
}

/** The root that the leaf of an order and its proof lead to; what {@link BatchTree.proof} proves. */
export function rootFrom(leaf: { id: Hex; index: number; expiry: number }, proof: readonly Hex[]): Hex {
  const words = Buffer.alloc(3 * WORD);
  words.set(toBytes(leaf.id), 0);
  words.writeUInt32BE(leaf.index, 2 * WORD - 4);
  words.writeBigUInt64BE(BigInt(leaf.expiry), 3 * WORD - 8);
  let node = Buffer.from(keccak256(words));
  const pair = Buffer.alloc(2 * WORD);
  for (const sibling of proof) node = Buffer.from(hashPair(Buffer.concat([node, toBytes(sibling)]), 0, pair));
  return toHex(node);
}
