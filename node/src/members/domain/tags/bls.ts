import { PublicKey, SecretKey, Signature, verify } from '@chainsafe/blst';
import { toBytes, toHex, type Hex } from '../../../kernel/hex.js';
import { keccak256 } from '../../../kernel/keccak.js';

/** A tag that only the holder of a tag key can make, and the unique signature that opens it to whoever holds the document. */
export interface SignedTag {
  /** keccak-256 of the compressed signature: what goes on chain */
  readonly tag: Hex;
  /** BLS12-381 signature in G2, compressed, 96 bytes: goes off chain only, to those who may check */
  readonly signature: Hex;
}

/** The compressed G1 public key (48 bytes) of a 32-byte tag secret, as the member registry lists it. */
export function tagPublicKey(secret: Hex): Hex {
  return toHex(SecretKey.fromBytes(toBytes(secret)).toPublicKey().toBytes(true));
}

/** Signs with the tag secret; BLS signatures are unique, so one message has one tag. */
export function signTag(secret: Hex, message: Uint8Array): SignedTag {
  const signature = SecretKey.fromBytes(toBytes(secret)).sign(message).toBytes(true);
  return { tag: toHex(keccak256(signature)), signature: toHex(signature) };
}

/**
 * True if `signed` is the one tag of `message` under `publicKey`. Points at infinity, outside the subgroup, or written
 * otherwise than compressed are false: each would give a message a second tag.
 */
export function verifyTag(publicKey: Hex, message: Uint8Array, signed: SignedTag): boolean {
  const bytes = toBytes(signed.signature);
  if (bytes.length !== 96 || toHex(keccak256(bytes)) !== signed.tag) return false;
  try {
    const key = PublicKey.fromBytes(toBytes(publicKey), true);
    const signature = Signature.fromBytes(bytes, true, true);
    return toHex(signature.toBytes(true)) === signed.signature && verify(message, key, signature);
  } catch {
    return false;
  }
}
