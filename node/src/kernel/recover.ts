import { createRequire } from 'node:module';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { toBytes, toHex } from './hex.js';
import type { Address } from './ids.js';
import { keccak256 } from './keccak.js';

/** From digest, 64 bytes r and s, and the recovery bit to the 65 bytes of the public key; throws when there is none. */
type Recover = (digest: Uint8Array, compact: Uint8Array, bit: number) => Uint8Array;

const HALF_ORDER = toBytes('0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0');

const pure: Recover = (digest, compact, bit) =>
  secp256k1.Signature.fromBytes(compact, 'compact').addRecoveryBit(bit).recoverPublicKey(digest).toBytes(false);

/** The native library, if it is installed for this machine and agrees with the pure one. */
function native(): Recover | null {
  let library: typeof import('secp256k1');
  try {
    library = createRequire(import.meta.url)('secp256k1') as typeof import('secp256k1');
  } catch {
    return null;
  }
  const recover: Recover = (digest, compact, bit) => library.ecdsaRecover(compact, bit, digest, false);
  for (let i = 1; i <= 4; i++) {
    const digest = keccak256(Uint8Array.of(i));
    const signature = secp256k1.sign(digest, keccak256(Uint8Array.of(i, i)), { prehash: false, format: 'recovered' });
    const [bit = 0, compact] = [signature[0], signature.subarray(1)];
    if (Buffer.compare(recover(digest, compact, bit), pure(digest, compact, bit)) !== 0) return null;
  }
  return recover;
}

const fast = native();
const recover = fast ?? pure;

/** Which library recovers: `native` (secp256k1) or `pure` (@noble/curves, some 25 times slower). */
export const recoverEngine: 'native' | 'pure' = fast ? 'native' : 'pure';

/** The last 20 bytes of the hash of an uncompressed public key (65 bytes). */
export function addressOfPublicKey(publicKey: Uint8Array): Address {
  return toHex(keccak256(publicKey.subarray(1)).subarray(12)) as Address;
}

/**
 * Who signed: `compact` is r and s (64 bytes), `bit` 0 or 1 as in block seals.
 * Null for what is no signature, high s included: one act must not have two signatures.
 */
export function recoverCompact(digest: Uint8Array, compact: Uint8Array, bit: number): Address | null {
  if (digest.length !== 32 || compact.length !== 64 || (bit !== 0 && bit !== 1)) return null;
  if (Buffer.compare(compact.subarray(32), HALF_ORDER) > 0) return null;
  try {
    return addressOfPublicKey(recover(digest, compact, bit));
  } catch {
    return null;
  }
}

/** Who signed `digest` with these 65 bytes (r, s, v of 27 or 28, as the contracts take them); null as {@link recoverCompact}. */
export function recoverAddress(digest: Uint8Array, signature: Uint8Array): Address | null {
  return signature.length === 65 ? recoverCompact(digest, signature.subarray(0, 64), signature[64]! - 27) : null;
}
