import { type Hex, toBytes } from '../kernel/hex.js';
import { keccak256 } from '../kernel/keccak.js';

/** The three bits that an address or topic sets in a logs bloom: index of the hex digit, and the bit in it. */
export type BloomBits = readonly (readonly [digit: number, mask: number])[];

/** Where to look for `item` in a bloom of 2,048 bits written as hex with prefix. */
export function bloomBits(item: Hex): BloomBits {
  const hash = Buffer.from(keccak256(toBytes(item)));
  return [0, 2, 4].map((at) => {
    const bit = hash.readUInt16BE(at) & 2047;
    return [2 + 511 - (bit >> 2), 1 << (bit & 3)] as const;
  });
}

/** Whether what a bloom says to contain is hardly chance: most of its hex digits have no bit set. */
export function isSparse(bloom: Hex): boolean {
  let empty = 0;
  for (let at = 2; at < bloom.length; at++) if (bloom[at] === '0') empty++;
  return 2 * empty > bloom.length - 2;
}

/** False only if no log of the block has the item; true may be chance. */
export function mayContain(bloom: Hex, bits: BloomBits): boolean {
  for (const [digit, mask] of bits) if (!(parseInt(bloom[digit]!, 16) & mask)) return false;
  return true;
}
