import { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { keccak256 } from '../../kernel/keccak.js';
import { ProofInvalid, proveAccountState, proveSlots, word } from './state-proof.js';

const ADDRESS: Hex = `0x${'ab'.repeat(20)}`;
const SLOT = word('0x1');

/** A trie of one value that its maker chose. */
async function holding(key: Hex, value: Uint8Array) {
  const trie = new MerklePatriciaTrie({ useKeyHashing: true, useKeyHashingFunction: keccak256 });
  await trie.put(toBytes(key), value);
  const { stack } = await trie.findPath(keccak256(toBytes(key)));
  return { root: toHex(trie.root()), proof: stack.map((node) => toHex(node.serialize())) };
}

const slotOf = async (value: Uint8Array) => {
  const { root: storageRoot, proof } = await holding(SLOT, value);
  const storageProof = [{ key: SLOT, proof }];
  return (await proveSlots({ address: ADDRESS, storageRoot }, [SLOT], { storageProof })).get(SLOT);
};

describe('a state that somebody made up', () => {
  it('reads a word', async () => expect(await slotOf(RLP.encode(new Uint8Array([7])))).toBe(word('0x07')));

  it.each([
    ['no RLP', new Uint8Array([0xb8, 0xff, 1])],
    ['a list', RLP.encode([new Uint8Array([1])])],
    ['more than a word', RLP.encode(new Uint8Array(33).fill(1))],
  ])('proves nothing where a slot holds %s', async (_, value) => {
    await expect(slotOf(value)).rejects.toThrow(ProofInvalid);
  });

  it.each([
    ['no RLP', new Uint8Array([0xf8, 0xff, 1])],
    ['no list', RLP.encode(new Uint8Array([1]))],
    ['lists for hashes', RLP.encode([1, 0, Array<number>(32).fill(1), Array<number>(32).fill(1)])],
  ])('proves nothing where an account is %s', async (_, value) => {
    const { root, proof } = await holding(ADDRESS, value);
    await expect(proveAccountState(root, ADDRESS, { accountProof: proof })).rejects.toThrow(ProofInvalid);
  });
});
