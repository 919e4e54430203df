import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { hashPair } from '../../kernel/merkle.js';

const WORD = 32;

/**
 * The nodes of a Merkle tree one after another, laid out as OpenZeppelin's: node 0 is the root, the children of i are 2i+1 and
 * 2i+2, the leaves stand from the end in the order given. So a proof is read out of it, and nothing is hashed again. `leaves`
 * are 32 bytes each and at least one; they may be roots of other trees.
 */
export function treeOver(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) throw new RangeError('a Merkle tree needs a leaf');
  const size = 2 * leaves.length - 1;
  const nodes = Buffer.alloc(size * WORD);
  leaves.forEach((leaf, place) => nodes.set(leaf, (size - 1 - place) * WORD));
  for (let i = size - leaves.length - 1; i >= 0; i--) {
    nodes.set(hashPair(nodeAt(nodes, 2 * i + 1), nodeAt(nodes, 2 * i + 2)), i * WORD);
  }
  return nodes;
}

export function rootOf(nodes: Buffer): Hex {
  return toHex(nodeAt(nodes, 0));
}

/** What leads from the leaf at `place` to the root, nearest first. */
export function proofIn(nodes: Buffer, place: number): Hex[] {
  const proof: Hex[] = [];
  for (let node = nodes.length / WORD - 1 - place; node > 0; node = (node - 1) >> 1) {
    proof.push(toHex(nodeAt(nodes, node % 2 === 0 ? node - 1 : node + 1)));
  }
  return proof;
}

/** The root that a leaf and its proof lead to, as OpenZeppelin's `MerkleProof` computes it. */
export function rootFrom(leaf: Uint8Array, proof: readonly Hex[]): Hex {
  return toHex(proof.reduce<Uint8Array>((node, sibling) => hashPair(node, toBytes(sibling)), leaf));
}

function nodeAt(nodes: Buffer, node: number): Buffer {
  return nodes.subarray(node * WORD, (node + 1) * WORD);
}
