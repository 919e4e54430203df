import { hashWords } from '../kernel/abi-words.js';
import { type Hex, toBytes } from '../kernel/hex.js';
import { keccak256Hex } from '../kernel/keccak.js';

/** keccak256 of a type's encoding, e.g. `OrderTag(bytes32 order,bytes32[] tags)`. */
export function typeHash(encodedType: string): Hex {
  return keccak256Hex(encodedType);
}

/** hashStruct of a struct whose members take one word each: bytes32, address, unsigned integers. */
export function hashStruct(type: Hex, values: readonly (Hex | number)[]): Hex {
  return hashWords(type, ...values);
}

/** What is hashed and signed: 0x1901, domain separator, struct hash. */
export function typedData(domain: Hex, structHash: Hex): Buffer {
  return Buffer.concat([Buffer.of(0x19, 0x01), toBytes(domain), toBytes(structHash)]);
}
