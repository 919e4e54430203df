import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A new signing secret as the Standard Webhooks specification writes it: `whsec_` and 32 random bytes in base64. */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/** What is signed: id and time of the message stand before its body, so that neither can be changed. */
export interface Message {
  /** without full stops, which separate the parts */
  readonly id: string;
  /** seconds since 1970, of this attempt */
  readonly timestamp: number;
  readonly body: string;
}

/** The header `webhook-signature`: one HMAC-SHA-256 a secret, newest first, so that a receiver with either accepts. */
export function signatures({ id, timestamp, body }: Message, secrets: readonly string[]): string {
  return secrets
    .map((secret) => Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`)
    .join(' ');
}
