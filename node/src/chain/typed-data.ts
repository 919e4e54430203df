import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import { keccak256, keccak256Hex } from '../kernel/keccak.js';

const ACCOUNT_PAD = Buffer.alloc(12);

/** A value of a static EIP-712 member: bytes32 or address as hex, unsigned integers as number. */
type StaticValue = Hex | number;

/** keccak256 of a type's encoding, e.g. `OrderTag(bytes32 order,bytes32 tag)`. */
export function typeHash(encodedType: string): Buffer {
  return toBytes(keccak256Hex(encodedType));
}

/** hashStruct of a struct that has only bytes32, address and unsigned members up to 53 bits. */
export function hashStruct(type: Buffer, values: readonly StaticValue[]): Hex {
  return toHex(keccak256(Buffer.concat([type, ...values.map(encode)])));
}

/** The digest to be signed: keccak256(0x1901, domain separator, struct hash). */
export function typedDataDigest(domain: Hex, structHash: Hex): Hex {
  return toHex(keccak256(Buffer.concat([Buffer.of(0x19, 0x01), toBytes(domain), toBytes(structHash)])));
}

function encode(value: StaticValue): Buffer {
  if (typeof value === 'number') return toBytes(`0x${value.toString(16).padStart(64, '0')}`);
  const bytes = toBytes(value);
  return bytes.length === 20 ? Buffer.concat([ACCOUNT_PAD, bytes]) : bytes;
}
