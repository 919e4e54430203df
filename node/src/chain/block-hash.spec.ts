import { randomBytes } from 'node:crypto';
import { RLP } from '@ethereumjs/rlp';
import { headerHash, type RpcHeader } from '../kernel/block-header.js';
import { type Hex, toHex } from '../kernel/hex.js';
import { isHashOf } from './block-hash.js';

const bytes = (length: number): Hex => toHex(randomBytes(length));

function header(extraData: Hex): RpcHeader {
  return {
    parentHash: bytes(32),
    sha3Uncles: bytes(32),
    miner: bytes(20),
    stateRoot: bytes(32),
    transactionsRoot: bytes(32),
    receiptsRoot: bytes(32),
    logsBloom: bytes(256),
    difficulty: '0x1',
    number: '0x1f4',
    gasLimit: '0x1c9c380',
    gasUsed: '0x0',
    timestamp: '0x6b000000',
    extraData,
    mixHash: bytes(32),
    nonce: '0x0000000000000000',
    baseFeePerGas: '0x0',
  };
}

/** QBFT's extra data: vanity, validators, no vote, round and seals. */
function extra(round: number, seals: readonly Uint8Array[]): Hex {
  const validators = [1, 2, 3, 4].map((i) => new Uint8Array(20).fill(i));
  return toHex(RLP.encode([new Uint8Array(32), validators, [], round, [...seals]]));
}

describe('isHashOf', () => {
  const seals = [1, 2, 3].map((i) => new Uint8Array(65).fill(i));

  it('takes the hash of the whole header', () => {
    const plain = header('0x');
    expect(isHashOf(headerHash(plain), plain)).toBe(true);
    expect(isHashOf(headerHash(plain), { ...plain, gasUsed: '0x1' })).toBe(false);
  });

  it('takes the hash that QBFT signs: round 0, no seals', () => {
    const sealed = header(extra(3, seals));
    const hash = headerHash({ ...sealed, extraData: extra(0, []) });
    expect(isHashOf(hash, sealed)).toBe(true);
    expect(isHashOf(hash, { ...sealed, extraData: extra(1, seals.slice(1)) })).toBe(true);
    expect(isHashOf(hash, { ...sealed, stateRoot: bytes(32) })).toBe(false);
  });

  it('takes nothing for QBFT that is not', () => {
    for (const extraData of [bytes(32), toHex(RLP.encode([1, 2, 3])), '0x'] as const)
      expect(isHashOf(bytes(32), header(extraData))).toBe(false);
  });
});
