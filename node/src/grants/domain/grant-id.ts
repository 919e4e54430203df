import { hashWords } from '../../kernel/abi-words.js';
import type { Hex } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';

const GRANT = keccak256Hex('GRANT');

/** The id that AccessGrants will give: keccak256(abi.encode(domain separator, keccak256("GRANT"), sender, random)). */
export function grantIdOf(registry: Hex, sender: Hex, random: Hex): Hex {
  return hashWords(registry, GRANT, sender, random);
}
