import { keccak_256 } from '@noble/hashes/sha3.js';
import { createKeccak } from 'hash-wasm';
import { toHex, type Hex } from './hex.js';

const hasher = await createKeccak(256);

/** Keccak-256 as Ethereum uses it. Synchronous: the WebAssembly module is compiled when this file is first imported. */
export function keccak256(data: Uint8Array): Uint8Array {
  return hasher.init().update(data).digest('binary');
}

/** Keccak-256 as hex; a string is hashed as UTF-8. */
export function keccak256Hex(data: Uint8Array | string): Hex {
  return toHex(keccak256(typeof data === 'string' ? Buffer.from(data) : data));
}

// A wrong hash would be a wrong commitment: the fast one must agree with the plain one around its block size.
for (const length of [0, 1, 32, 64, 135, 136, 137, 272, 1000]) {
  const sample = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);
  if (Buffer.compare(keccak256(sample), keccak_256(sample)) !== 0) {
    throw new Error(`keccak-256 of ${length} bytes: hash-wasm and @noble/hashes differ`);
  }
}
