import { hash as digest, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret in the clear: `<prefix>_<id>_<secret>`, 16 hex digits and 32 random bytes in base64url. */
export interface PrefixedSecret {
  readonly id: string;
  readonly text: string;
  readonly secretHash: Buffer;
}

/** Secrets of one kind, which their prefix (lower-case letters) names. */
export class PrefixedSecrets {
  private readonly form: RegExp;

  constructor(private readonly prefix: string) {
    this.form = new RegExp(`^${prefix}_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$`);
  }

  /** A new one. Its text is shown once and kept nowhere. */
  generate(): PrefixedSecret {
    const id = randomBytes(8).toString('hex');
    const secret = randomBytes(32).toString('base64url');
    return { id, text: `${this.prefix}_${id}_${secret}`, secretHash: hash(secret) };
  }

  /** The one that a text is, or undefined when it has not the form of one. */
  parse(text: string): PrefixedSecret | undefined {
    const [, id, secret] = this.form.exec(text) ?? [];
    return id && secret ? { id, text, secretHash: hash(secret) } : undefined;
  }
}

/** Compares hashes in constant time. */
export function sameSecret(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

// A slow hash protects guessable passwords; 256 random bits need none, and each request would pay for it.
function hash(secret: string): Buffer {
  return digest('sha256', secret, 'buffer');
}
