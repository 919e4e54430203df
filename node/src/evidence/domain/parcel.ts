import { randomBytes } from 'node:crypto';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { fieldLeaf } from '../../kernel/merkle.js';
import { rootOf, treeOver } from './hash-tree.js';

const SALT = 32;
const LENGTH = 4;

/** What an item's leaf says that it is; a head of the access log says otherwise, so neither can pass for the other. */
const PATH = '/evidence';

/** Most items of a parcel: what is opened to read one of them. */
export const ITEMS_A_PARCEL = 256;

/** Items that came together, as they are kept and hashed. */
export interface Parcel {
  readonly root: Hex;
  /** Tree over the leaves; see {@link treeOver}. */
  readonly nodes: Buffer;
  readonly items: number;
  /** With the one that is added to a lone item. */
  readonly leaves: number;
  /** Texts and salts, to be sealed; {@link openParcel} reads it. */
  readonly content: Buffer;
}

/** An item's text with the 32 random bytes without which nobody can tell what its leaf is over. */
export interface SaltedText {
  readonly salt: Hex;
  readonly text: string;
}

/** The leaf of an item: of (salt, `/evidence`, text), as OpenZeppelin's StandardMerkleTree makes it. */
export function itemLeaf({ salt, text }: SaltedText): Uint8Array {
  return fieldLeaf(toBytes(salt), PATH, text);
}

/** Salts and hashes up to {@link ITEMS_A_PARCEL} items, at least one. */
export function makeParcel(texts: readonly string[]): Parcel {
  const salts = randomBytes(SALT * texts.length);
  const saltOf = (place: number) => salts.subarray(SALT * place, SALT * (place + 1));
  const leaves = texts.map((text, place) => fieldLeaf(saltOf(place), PATH, text));
  // A batch of one leaf is a head of the access log (docs/adr/0023).
  if (leaves.length === 1) leaves.push(randomBytes(32));
  const nodes = treeOver(leaves);
  return { root: rootOf(nodes), nodes, items: texts.length, leaves: leaves.length, content: pack(salts, texts) };
}

/** The items of a parcel in their order, from what {@link makeParcel} made of them. */
export function openParcel(content: Buffer): SaltedText[] {
  const items: SaltedText[] = [];
  for (let at = 0; at < content.length;) {
    const text = at + SALT + LENGTH;
    const end = text + content.readUInt32BE(at + SALT);
    items.push({ salt: toHex(content.subarray(at, at + SALT)), text: content.toString('utf8', text, end) });
    at = end;
  }
  return items;
}

function pack(salts: Buffer, texts: readonly string[]): Buffer {
  const size = texts.reduce((sum, text) => sum + SALT + LENGTH + Buffer.byteLength(text), 0);
  const content = Buffer.alloc(size);
  let at = 0;
  for (const [place, text] of texts.entries()) {
    salts.copy(content, at, SALT * place, SALT * (place + 1));
    const length = content.write(text, at + SALT + LENGTH);
    content.writeUInt32BE(length, at + SALT);
    at += SALT + LENGTH + length;
  }
  return content;
}
