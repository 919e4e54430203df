import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { toBytes, type Hex } from '../../kernel/hex.js';

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** A document at rest: its own key, wrapped under the vault's, and what that key encrypts. */
export interface Sealed {
  readonly wrappedKey: Buffer;
  readonly payload: Buffer;
}

/**
 * Encrypts each document under a key of its own (AES-256-GCM), which the member's vault key wraps. Both are bound to the
 * document's identity, so that no row can stand in for another, whoever writes to the table.
 */
export class VaultCipher {
  private readonly vaultKey: KeyObject;

  /** `vaultKey` is 32 bytes. */
  constructor(vaultKey: Hex) {
    this.vaultKey = createSecretKey(toBytes(vaultKey));
  }

  seal(identity: string, content: Uint8Array): Sealed {
    const key = randomBytes(32);
    return {
      wrappedKey: encrypt(this.vaultKey, `key:${identity}`, key),
      payload: encrypt(createSecretKey(key), `document:${identity}`, content),
    };
  }

  /** Throws when the row was altered or moved, or sealed under another vault key. */
  open(identity: string, { wrappedKey, payload }: Sealed): Buffer {
    const key = decrypt(this.vaultKey, `key:${identity}`, wrappedKey);
    return decrypt(createSecretKey(key), `document:${identity}`, payload);
  }
}

// Keys as KeyObject: given as bytes, making the cipher takes three times as long.

/** Nonce, tag and ciphertext, in this order. Nonces are random: no key encrypts more than some documents' keys. */
function encrypt(key: KeyObject, aad: string, content: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(aad));
  const body = [cipher.update(content), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...body]);
}

function decrypt(key: KeyObject, aad: string, stored: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, stored.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(aad)).setAuthTag(stored.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(stored.subarray(NONCE + TAG)), decipher.final()]);
}
