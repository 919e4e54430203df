import { hash as digest, randomBytes, timingSafeEqual } from 'node:crypto';

/** An API key in the clear: `tp_<id>_<secret>`, 16 hex digits and 32 random bytes in base64url. */
export interface ApiKey {
  readonly id: string;
  readonly text: string;
  readonly secretHash: Buffer;
}

const FORM = /^tp_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** A new key. Its text is shown once and kept nowhere. */
export function generateApiKey(): ApiKey {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, text: `tp_${id}_${secret}`, secretHash: hash(secret) };
}

/** The key that a text is, or undefined when it has not the form of one. */
export function parseApiKey(text: string): ApiKey | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id && secret ? { id, text, secretHash: hash(secret) } : undefined;
}

/** Compares hashes in constant time. */
export function sameSecret(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

// A slow hash protects guessable passwords; 256 random bits need none, and each request would pay for it.
function hash(secret: string): Buffer {
  return digest('sha256', secret, 'buffer');
}
