import { hashWords } from '../../../kernel/abi-words.js';
import { type Hex, toBytes } from '../../../kernel/hex.js';
import { keccak256Hex } from '../../../kernel/keccak.js';

const PART = keccak256Hex('PART');

/** A part as the chain hashes it. */
export interface HashedPart {
  readonly receivable: Hex;
  /** One-time account of its holder. */
  readonly holder: Hex;
  readonly root: Hex;
}

/** The id that ReceivableRegistry will give to part `index` of a receivable. */
export const partIdOf = (registry: Hex, parent: Hex, index: number): Hex => hashWords(registry, PART, parent, index);

const hashOf = ({ receivable, holder, root }: HashedPart): Hex => hashWords(receivable, holder, root);

/** `details` of a new holder's consent to ACCEPT its part. */
export const acceptDetails = (parent: Hex, part: HashedPart): Hex => hashWords(parent, hashOf(part));

/** `details` of the holder's and the obligor's consents to SPLIT, over all parts in their order. */
export function splitDetails(parent: Hex, parts: readonly HashedPart[]): Hex {
  return hashWords(parent, keccak256Hex(Buffer.concat(parts.map((part) => toBytes(hashOf(part))))));
}
