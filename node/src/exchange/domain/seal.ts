import { CompactEncrypt, CompactSign } from 'jose';
import '../base64-methods.js';
import type { Envelope } from './envelope.js';
import { CONTENT_ENCRYPTION, KEY_AGREEMENT, type MessageKey, SIGNING } from './message-keys.js';

export const SEALED_TYPE = 'tradeproof-envelope';
export const SIGNED_TYPE = 'tradeproof-envelope+jws';

/** Signs with the sender's message signing key (JWS), then encrypts that to the recipient's message encryption key (JWE). */
export async function seal(envelope: Envelope, from: MessageKey, to: MessageKey): Promise<string> {
  const signed = await new CompactSign(Buffer.from(JSON.stringify(envelope)))
    .setProtectedHeader({ alg: SIGNING, kid: from.id, typ: SIGNED_TYPE })
    .sign(from.key);
  return new CompactEncrypt(Buffer.from(signed))
    .setProtectedHeader({ alg: KEY_AGREEMENT, enc: CONTENT_ENCRYPTION, kid: to.id, typ: SEALED_TYPE, cty: SIGNED_TYPE })
    .encrypt(to.key);
}
