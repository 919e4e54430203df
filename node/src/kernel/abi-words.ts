import { type Hex, toBytes, toHex } from './hex.js';
import { keccak256 } from './keccak.js';

const WORD = 32;

/**
 * keccak256(abi.encode(...)) of values that take one word each: bytes32 as hex of 32 bytes, address as hex of 20,
 * unsigned integers as numbers or bigints. Throws RangeError for anything that has no such word.
 */
export function hashWords(...values: readonly (Hex | number | bigint)[]): Hex {
  const words = Buffer.alloc(WORD * values.length);
  values.forEach((value, index) => write(words, value, (index + 1) * WORD));
  return toHex(keccak256(words));
}

function write(words: Buffer, value: Hex | number | bigint, end: number): void {
  if (typeof value === 'string') {
    const bytes = toBytes(value);
    if (bytes.length !== WORD && bytes.length !== 20) throw new RangeError('only 32 or 20 bytes are one word');
    words.set(bytes, end - bytes.length);
    return;
  }
  const digits = BigInt(value).toString(16);
  if (value < 0 || digits.length > 2 * WORD) throw new RangeError('no unsigned integer of 256 bits');
  const hex = digits.padStart(2 * WORD, '0');
  words.write(hex, end - WORD, 'hex');
}
