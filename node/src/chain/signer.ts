import { createRequire } from 'node:module';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { toBytes } from '../kernel/hex.js';
import { keccak256 } from '../kernel/keccak.js';

/** A signature with low s: r and s (64 bytes) and the recovery bit. */
export interface CompactSignature {
  readonly compact: Uint8Array;
  readonly bit: number;
}

type Sign = (digest: Uint8Array, key: Uint8Array) => CompactSignature;

const pure: Sign = (digest, key) => {
  const signature = secp256k1.sign(digest, key, { prehash: false, format: 'recovered' });
  return { compact: signature.subarray(1), bit: signature[0]! };
};

/** The native library, if it is installed for this machine and agrees with the pure one (both are deterministic, RFC 6979). */
function native(): Sign | null {
  let library: typeof import('secp256k1');
  try {
    library = createRequire(import.meta.url)('secp256k1') as typeof import('secp256k1');
  } catch {
    return null;
  }
  const sign: Sign = (digest, key) => {
    const { signature, recid } = library.ecdsaSign(digest, key);
    return { compact: signature, bit: recid };
  };
  for (let i = 1; i <= 4; i++) {
    const digest = keccak256(Uint8Array.of(i, 7));
    const key = keccak256(Uint8Array.of(i, i));
    const [one, other] = [sign(digest, key), pure(digest, key)];
    if (one.bit !== other.bit || Buffer.compare(one.compact, other.compact) !== 0) return null;
  }
  return sign;
}

/** Signs a 32-byte digest: natively where that works (some 20 times faster), else with @noble/curves. */
export const sign: Sign = native() ?? pure;

/** Order of the group: private keys are 1 to this less 1. */
export const GROUP_ORDER = secp256k1.Point.CURVE().n;

/** Uncompressed public key (65 bytes) of a private key. Throws for one that is out of range. */
export function publicKeyOf(privateKey: Uint8Array): Uint8Array {
  return secp256k1.getPublicKey(privateKey, false);
}

/** 32 bytes of a number below 2^256. */
export function word(value: bigint): Buffer {
  return toBytes(`0x${value.toString(16).padStart(64, '0')}`);
}
