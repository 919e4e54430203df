import { hashWords } from '../../kernel/abi-words.js';
import type { Hex } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';

const RECEIVABLE = keccak256Hex('RECEIVABLE');

/**
 * The id that ReceivableRegistry will give: keccak256(abi.encode(domain separator, keccak256("RECEIVABLE"), sender,
 * random)). So a supplier knows it, and the one-time account that holds it, before it is issued.
 */
export function receivableIdOf(registry: Hex, sender: Hex, random: Hex): Hex {
  return hashWords(registry, RECEIVABLE, sender, random);
}
