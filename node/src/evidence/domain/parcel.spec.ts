import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import fc from 'fast-check';
import { toBytes } from '../../kernel/hex.js';
import { proofIn, rootFrom, rootOf, treeOver } from './hash-tree.js';
import { itemLeaf, makeParcel, openParcel } from './parcel.js';

const TYPES = ['bytes32', 'string', 'string'];
const texts = (count: number) =>
  Array.from({ length: count }, (_, i) => `{"id":"r-${i}","note":"${'ü'.repeat(i % 50)}"}`);

describe('a parcel', () => {
  it.each([2, 3, 7, 64, 255, 256])('of %i items is the tree that OpenZeppelin makes of them', (count) => {
    const parcel = makeParcel(texts(count));
    const items = openParcel(parcel.content);
    expect(items.map(({ text }) => text)).toEqual(texts(count));
    const rows = items.map(({ salt, text }) => [salt, '/evidence', text]);
    const theirs = StandardMerkleTree.of(rows, TYPES, { sortLeaves: false });
    expect(parcel.root).toBe(theirs.root);
    expect(items.map((_, place) => proofIn(parcel.nodes, place))).toEqual(
      items.map((_, place) => theirs.getProof(place)),
    );
  });

  it('of one item has two leaves, since a batch of one is a head of the access log', () => {
    const parcel = makeParcel(texts(1));
    expect([parcel.items, parcel.leaves]).toEqual([1, 2]);
    const [item] = openParcel(parcel.content);
    expect(rootFrom(itemLeaf(item!), proofIn(parcel.nodes, 0))).toBe(parcel.root);
  });

  it('salts each item anew, so that the same text has no leaf that a guess could match', () => {
    const salts = openParcel(makeParcel(Array.from({ length: 100 }, () => '{}')).content).map(({ salt }) => salt);
    expect(new Set(salts).size).toBe(100);
  });

  it('gives back whatever text it was made of', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { minLength: 1, maxLength: 20 }),
        (some) => {
          expect(openParcel(makeParcel(some).content).map(({ text }) => text)).toEqual(some);
        },
      ),
    );
  });
});

it('proofs lead from an item through its parcel to the root over many parcels', () => {
  const parcels = [5, 1, 256, 30].map((count) => makeParcel(texts(count)));
  const batch = treeOver(parcels.map(({ root }) => toBytes(root)));
  for (const [place, { nodes, content }] of parcels.entries()) {
    for (const [position, item] of openParcel(content).entries()) {
      const proof = [...proofIn(nodes, position), ...proofIn(batch, place)];
      expect(rootFrom(itemLeaf(item), proof)).toBe(rootOf(batch));
      expect(rootFrom(itemLeaf({ ...item, text: `${item.text} ` }), proof)).not.toBe(rootOf(batch));
    }
  }
});
