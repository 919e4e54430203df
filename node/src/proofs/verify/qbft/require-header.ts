import type { Hex } from '../../../kernel/hex.js';
import { Unusable } from '../unusable.js';
import { readHeader, type SealedHeader } from './sealed-header.js';

/** A header of a file. Throws {@link Unusable} for bytes that are none. */
export function requireHeader(rlp: Hex): SealedHeader {
  const header = readHeader(rlp);
  if (header === null) throw new Unusable('HEADER_MALFORMED', 'A block header in the file cannot be read.');
  return header;
}
