import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A tracking link's token in the clear: `tt_<id>_<secret>`, 16 hex digits and 32 random bytes in base64url. */
export interface TrackingToken {
  readonly id: string;
  readonly text: string;
  readonly secretHash: Buffer;
}

const FORM = /^tt_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** A new token. Its text is shown once and kept nowhere. */
export function newTrackingToken(): TrackingToken {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, text: `tt_${id}_${secret}`, secretHash: hash(secret) };
}

/** The token that a text is, or undefined when it has not the form of one. */
export function parseTrackingToken(text: string): TrackingToken | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id && secret ? { id, text, secretHash: hash(secret) } : undefined;
}

/** Compares hashes in constant time. */
export function sameSecret(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();
