import { secp256k1 } from '@noble/curves/secp256k1.js';
import { ethers } from 'ethers';
import { toBytes, toHex, type Hex } from './hex.js';
import { keccak256, keccak256Hex } from './keccak.js';
import { recoverAddress, recoverCompact, recoverEngine } from './recover.js';

const ORDER = secp256k1.Point.Fn.ORDER;

describe('recoverAddress', () => {
  const wallet = new ethers.Wallet(`0x${'11'.repeat(32)}`);
  const digest = keccak256(Buffer.from('an act'));
  const signature = toBytes(wallet.signingKey.sign(digest).serialized as Hex);

  it('uses the native library where it is installed', () => expect(recoverEngine).toBe('native'));

  it('finds who signed', () => expect(recoverAddress(digest, signature)).toBe(wallet.address.toLowerCase()));

  it('takes the recovery bit of a block seal', () => {
    expect(recoverCompact(digest, signature.subarray(0, 64), signature[64]! - 27)).toBe(wallet.address.toLowerCase());
    expect(recoverCompact(digest, signature.subarray(0, 64), 2)).toBeNull();
  });

  it('refuses the twin with high s', () => {
    const s = ORDER - BigInt(toHex(signature.subarray(32, 64)));
    const twin = Buffer.concat([signature.subarray(0, 32), toBytes(`0x${s.toString(16).padStart(64, '0')}`)]);
    expect(recoverAddress(digest, Buffer.concat([twin, Uint8Array.of(55 - signature[64]!)]))).toBeNull();
  });

  it('is null for what is no signature', () => {
    expect(recoverAddress(digest, signature.subarray(0, 64))).toBeNull();
    expect(recoverAddress(digest.subarray(1), signature)).toBeNull();
    expect(recoverAddress(digest, new Uint8Array(65))).toBeNull();
    expect(recoverAddress(digest, Buffer.concat([signature.subarray(0, 64), Uint8Array.of(0)]))).toBeNull();
    expect(recoverAddress(digest, Buffer.concat([Buffer.alloc(32, 0xff), signature.subarray(32)]))).toBeNull();
  });
});

describe('keccak256', () => {
  it('is the hash of Ethereum', () => {
    expect(keccak256Hex('')).toBe('0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470');
    expect(keccak256Hex('Ä')).toBe(ethers.id('Ä'));
  });
});
