import type { Hex } from '../../kernel/hex.js';
import { toHex } from '../../kernel/hex.js';
import { keccak256 } from '../../kernel/keccak.js';
import { encodeFields } from './abi-fields.js';
import { splitEntity } from './tags/normalise-entity.js';

/**
 * A legal entity as the registry lists it: keccak256(abi.encode(domain separator, scheme, id)), both normalised.
 * `registry` is MemberRegistry's domain separator.
 */
export function hashEntity(registry: Hex, entity: string): Hex {
  const { scheme, id } = splitEntity(entity);
  return toHex(keccak256(encodeFields(['bytes32', 'string', 'string'], [registry, scheme, id])));
}
