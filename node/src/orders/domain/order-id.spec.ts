import { AbiCoder, keccak256 } from 'ethers';
import { orderIdOf } from './order-id.js';

const word = (byte: string) => `0x${byte.repeat(32)}` as const;
const identity = { registry: word('01'), buyer: 1, supplier: 4_000_000_000, commitment: word('02'), tag: word('03') };

describe('orderIdOf', () => {
  it('is what the contract computes', () => {
    const types = ['bytes32', 'uint32', 'uint32', 'bytes32', 'bytes32'];
    const encoded = AbiCoder.defaultAbiCoder().encode(types, Object.values(identity));
    expect(orderIdOf(identity)).toBe(keccak256(encoded));
  });

  it.each(Object.keys(identity))('commits to %s', (name) => {
    const other = { ...identity, [name]: name === 'buyer' || name === 'supplier' ? 7 : word('09') };
    expect(orderIdOf(other)).not.toBe(orderIdOf(identity));
  });
});
