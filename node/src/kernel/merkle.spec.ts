import { SimpleMerkleTree, StandardMerkleTree } from '@openzeppelin/merkle-tree';
import fc from 'fast-check';
import { toBytes, toHex, type Hex } from './hex.js';
import { fieldLeaf, MerkleTree, multiproofRoot, type Multiproof } from './merkle.js';

const salt = fc.uint8Array({ minLength: 32, maxLength: 32 });
const text = fc.string({ unit: 'grapheme', maxLength: 80 });
const fields = fc.uniqueArray(fc.tuple(salt, text, text), { selector: ([s]) => toHex(s), minLength: 1, maxLength: 40 });

const hexes = ({ leaves, proof, flags }: Multiproof) => ({
  leaves: leaves.map(toHex),
  proof: proof.map(toHex),
  proofFlags: flags,
});

describe('MerkleTree', () => {
  it('is OpenZeppelin StandardMerkleTree of (bytes32, string, string)', () => {
    fc.assert(
      fc.property(fields, fc.infiniteStream(fc.boolean()), (values, choice) => {
        const theirs = StandardMerkleTree.of(
          values.map(([s, path, value]) => [toHex(s), path, value]),
          ['bytes32', 'string', 'string'],
        );
        const ours = new MerkleTree(values.map(([s, path, value]) => fieldLeaf(s, path, value)));
        expect(toHex(ours.root)).toBe(theirs.root);

        const chosen = values.map((_, i) => i).filter(() => choice.next().value);
        if (chosen.length === 0) return;
        const proof = ours.multiproof(chosen);
        const { leaves, ...rest } = theirs.getMultiProof(chosen);
        expect(hexes(proof)).toEqual({ ...rest, leaves: leaves.map((leaf) => theirs.leafHash(leaf)) });
        expect(multiproofRoot(proof)).toEqual(ours.root);
      }),
      { numRuns: 200 },
    );
  });

  it('hashes long paths and values alike', () => {
    const value = 'ü'.repeat(5000);
    const theirs = StandardMerkleTree.of([[toHex(Buffer.alloc(32, 7)), '/x', value]], ['bytes32', 'string', 'string']);
    expect(toHex(fieldLeaf(Buffer.alloc(32, 7), '/x', value))).toBe(theirs.root);
  });

  it('holds ready leaves, as the padding is', () => {
    const leaves = Array.from({ length: 8 }, (_, i) => Buffer.alloc(32, 255 - i));
    expect(toHex(new MerkleTree(leaves).root)).toBe(SimpleMerkleTree.of(leaves.map(toHex)).root);
    expect(() => new MerkleTree([])).toThrow(RangeError);
  });
});

describe('multiproofRoot', () => {
  const leaves = Array.from({ length: 8 }, (_, i) => Buffer.alloc(32, i + 1));
  const tree = new MerkleTree(leaves);
  const proof = tree.multiproof([1, 4, 5]);

  it.each<[string, Partial<Multiproof>]>([
    ['no leaves', { leaves: [] }],
    ['leaves in another order', { leaves: [...proof.leaves].reverse() }],
    ['a leaf twice', { leaves: [proof.leaves[0]!, ...proof.leaves] }],
    ['a surplus element', { proof: [...proof.proof, Buffer.alloc(32)] }],
    ['a surplus flag', { flags: [...proof.flags, false] }],
    ['a surplus element and flag', { proof: [...proof.proof, Buffer.alloc(32)], flags: [...proof.flags, true] }],
    ['a missing element', { proof: proof.proof.slice(1) }],
  ])('is null for %s', (_, change) => expect(multiproofRoot({ ...proof, ...change })).toBeNull());

  it('takes the one leaf of a tree of one', () => {
    const single = new MerkleTree([toBytes(`0x${'ab'.repeat(32)}` as Hex)]);
    expect(multiproofRoot(single.multiproof([0]))).toEqual(single.root);
  });
});
