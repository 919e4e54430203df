import { AbiCoder, keccak256 } from 'ethers';
import { hashWords } from './abi-words.js';

const id = `0x${'ab'.repeat(32)}` as const;
const account = `0x${'cd'.repeat(20)}` as const;

describe('hashWords', () => {
  it('hashes what the ABI coder encodes', () => {
    const encoded = AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'uint32', 'uint40', 'address', 'uint256'],
      [id, 4_294_967_295, 0, account, 2n ** 256n - 1n],
    );
    expect(hashWords(id, 4_294_967_295, 0, account, 2n ** 256n - 1n)).toBe(keccak256(encoded));
  });

  it('refuses what is not one word', () => {
    expect(() => hashWords('0x1234')).toThrow(RangeError);
    expect(() => hashWords(-1)).toThrow(RangeError);
    expect(() => hashWords(1.5)).toThrow(RangeError);
    expect(() => hashWords(2n ** 256n)).toThrow(RangeError);
  });
});
