import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { fieldLeaf } from '../../kernel/merkle.js';

/** A head of the access log: `hash` is that of its row at `position`, counted from 1; 0 before the first. */
export interface LogHead {
  readonly position: number;
  readonly hash: Hex;
  /** 32 random bytes: without them nobody can tell what the root is over. */
  readonly salt: Hex;
}

/** What stands on chain for a head of the log: the leaf of (salt, `/access-log/<position>`, hash), a tree of one. */
export function logRoot({ salt, position, hash }: LogHead): Hex {
  return toHex(fieldLeaf(toBytes(salt), `/access-log/${position}`, hash));
}
