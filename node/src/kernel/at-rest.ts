import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { toBytes, type Hex } from './hex.js';

const CIPHER = 'aes-256-gcm';

/** Encrypts what tables keep of documents, so that neither they nor their backups reveal one (rule 9). */
export class AtRest {
  /** Given as bytes, making the cipher takes ten times as long. */
  private readonly key: KeyObject;

  /** `vault` is the member's vault secret; a key is derived from it for each `use`, e.g. `exchange`. */
  constructor(vault: Hex, use: string) {
    const derived = hkdfSync('sha256', toBytes(vault), '', `tradeproof/${use}/at-rest/v1`, 32);
    this.key = createSecretKey(Buffer.from(derived));
  }

  /** `id` binds the ciphertext to its row. Layout: 12 bytes nonce, 16 bytes tag, ciphertext. */
  encrypt(id: string, text: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(id));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** Throws when the row was altered, belongs to another id or to another vault. */
  decrypt(id: string, stored: Buffer): string {
    const decipher = createDecipheriv(CIPHER, this.key, stored.subarray(0, 12)).setAAD(Buffer.from(id));
    decipher.setAuthTag(stored.subarray(12, 28));
    return Buffer.concat([decipher.update(stored.subarray(28)), decipher.final()]).toString('utf8');
  }
}
