import { randomBytes } from 'node:crypto';
import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { AbiCoder, keccak256 } from 'ethers';
import { toHex } from '../../kernel/hex.js';
import { bitmapOf, statusInBatch } from './batch-answer.js';
import { BatchBranch, BatchTree, MOST_IN_BATCH, PACKED_BYTES, rootFrom, UNDER_A_NODE } from './batch-tree.js';
import { orderIdOf } from './order-id.js';

const context = { registry: toHex(randomBytes(32)), buyer: 1, supplier: 4_000_000_000 };
const EXPIRY = 1_800_000_000;

function packedOrders(size: number): Buffer {
  const packed = randomBytes(size * PACKED_BYTES);
  for (let i = 1; i <= size; i++) packed.writeBigUInt64BE(BigInt(EXPIRY + i), i * PACKED_BYTES - 8);
  return packed;
}

describe('the tree over a batch', () => {
  it.each([1, 2, 3, 5, 8, 33])('of %i orders leads from each leaf to the root, as OpenZeppelin checks it', (size) => {
    const packed = packedOrders(size);
    const tree = BatchTree.of(context, packed);
    for (let index = 0; index < size; index++) {
      const at = index * PACKED_BYTES;
      const [commitment, tag] = [toHex(packed.subarray(at, at + 32)), toHex(packed.subarray(at + 32, at + 64))];
      const id = tree.idAt(index);
      expect(id).toBe(orderIdOf({ ...context, commitment, tag }));
      const expiry = EXPIRY + index + 1;
      const leaf = keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint32', 'uint40'], [id, index, expiry]));
      expect(SimpleMerkleTree.verify(tree.root, leaf, tree.proof(index))).toBe(true);
      expect(rootFrom({ id, index, expiry }, tree.proof(index))).toBe(tree.root);
      expect(rootFrom({ id, index, expiry: expiry + 1 }, tree.proof(index))).not.toBe(tree.root);
      expect(rootFrom({ id, index: index + 1, expiry }, tree.proof(index))).not.toBe(tree.root);
    }
  });

  it.each([1, 100, 128, 129, 131, 1_000, 16_384])(
    'of %i orders is proven by a branch of it as by the whole',
    (size) => {
      const packed = packedOrders(size);
      const tree = BatchTree.of(context, packed);
      expect(tree.nodes).toHaveLength(32 * Math.ceil(size / UNDER_A_NODE));
      const bytes = UNDER_A_NODE * PACKED_BYTES;
      for (const index of [0, 1, Math.min(127, size - 1), Math.floor(size / 2), size - 1]) {
        const place = Math.floor(index / UNDER_A_NODE);
        const under = packed.subarray(place * bytes, (place + 1) * bytes);
        const branch = new BatchBranch(context, { nodes: tree.nodes, packed: under, place });
        expect(branch.proof(index)).toEqual(tree.proof(index));
      }
    },
  );

  it('tells whether an order is in it twice', () => {
    const packed = packedOrders(5);
    expect(BatchTree.of(context, packed).hasTwins()).toBe(false);
    packed.copy(packed, 4 * PACKED_BYTES, PACKED_BYTES, PACKED_BYTES + 64);
    expect(BatchTree.of(context, packed).hasTwins()).toBe(true);
  });

  it('is of 1 to 16,384 whole orders', () => {
    for (const bytes of [0, PACKED_BYTES + 1, (MOST_IN_BATCH + 1) * PACKED_BYTES]) {
      expect(() => BatchTree.of(context, Buffer.alloc(bytes))).toThrow(RangeError);
    }
  });
});

describe('an order in its batch', () => {
  const bitmap = bitmapOf(9, [0, 8]);

  it('is what the answer says of it, and lapsed where that came late', () => {
    expect(bitmap).toBe('0x0101');
    const status = (index: number, expiry: number) => statusInBatch({ index, expiry }, { bitmap, answeredAt: 100 });
    expect([0, 1, 8, 9, 99].map((index) => status(index, 100))).toEqual([
      'ACCEPTED',
      'REJECTED',
      'ACCEPTED',
      'REJECTED',
      'REJECTED',
    ]);
    expect(status(0, 99)).toBe('POSTED');
    expect(statusInBatch({ index: 0, expiry: 1 }, null)).toBe('POSTED');
  });
});
