import { type CryptoKey, importJWK, type JWK } from 'jose';
import { toBytes, type Hex } from '../../kernel/hex.js';

export const SIGNING = 'EdDSA';
export const KEY_AGREEMENT = 'ECDH-ES+A256KW';
export const CONTENT_ENCRYPTION = 'A256GCM';

/** A key by its id in the member registry, ready for use. */
export interface MessageKey {
  readonly id: Hex;
  readonly key: CryptoKey;
}

/** The registered Ed25519 public key (32 bytes) that checks a member's signatures. */
export function verificationKey(id: Hex, publicKey: Hex): Promise<MessageKey> {
  return load(id, { kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) }, SIGNING);
}

/** The registered X25519 public key (32 bytes) that envelopes to a member are encrypted to. */
export function encryptionKey(id: Hex, publicKey: Hex): Promise<MessageKey> {
  return load(id, { kty: 'OKP', crv: 'X25519', x: base64url(publicKey) }, KEY_AGREEMENT);
}

/** This member's own private key, Ed25519 or X25519 as a JWK. */
export function privateKey(id: Hex, jwk: JWK): Promise<MessageKey> {
  return load(id, jwk, jwk.crv === 'Ed25519' ? SIGNING : KEY_AGREEMENT);
}

async function load(id: Hex, jwk: JWK, alg: string): Promise<MessageKey> {
  const key = await importJWK(jwk, alg);
  if (key instanceof Uint8Array) throw new TypeError('a message key is never symmetric');
  return { id, key };
}

const base64url = (hex: Hex) => Buffer.from(toBytes(hex)).toString('base64url');
