import { compactDecrypt, compactVerify } from 'jose';
import type { Hex } from '../../kernel/hex.js';
import '../base64-methods.js';
import { type Envelope, envelopeSchema } from './envelope.js';
import { keyIdOf } from './headers.js';
import { CONTENT_ENCRYPTION, KEY_AGREEMENT, type MessageKey, SIGNING } from './message-keys.js';
import { envelopeForged, envelopeKeyUnknown, envelopeUnreadable } from './problems.js';
import { SEALED_TYPE, SIGNED_TYPE } from './seal.js';

const SEALED_HEADER = { alg: KEY_AGREEMENT, enc: CONTENT_ENCRYPTION, typ: SEALED_TYPE, cty: SIGNED_TYPE };
const SIGNED_HEADER = { alg: SIGNING, typ: SIGNED_TYPE };

/**
 * The signed envelope (JWS) inside a sealed one (JWE), by whichever of this member's decryption keys it was sealed to.
 * Problems: ENVELOPE_UNREADABLE; ENVELOPE_KEY_UNKNOWN when it was sealed to none of `own`.
 */
export async function unseal(sealed: string, own: readonly MessageKey[]): Promise<string> {
  const keyId = keyIdOf(sealed, SEALED_HEADER, ['epk']);
  if (!keyId) throw envelopeUnreadable('its protected header is not that of an envelope');
  const key = own.find(({ id }) => id === keyId);
  if (!key) throw envelopeKeyUnknown('sealed to a key that this node does not hold', { key: keyId });
  try {
    const { plaintext } = await compactDecrypt(sealed, key.key, {
      keyManagementAlgorithms: [KEY_AGREEMENT],
      contentEncryptionAlgorithms: [CONTENT_ENCRYPTION],
      maxDecompressedLength: 0,
    });
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  } catch {
    throw envelopeUnreadable('it does not decrypt');
  }
}

/** Id of the key that a signed envelope says it is signed by. Problem: ENVELOPE_UNREADABLE. */
export function signerOf(signed: string): Hex {
  const keyId = keyIdOf(signed, SIGNED_HEADER);
  if (!keyId) throw envelopeUnreadable('what it encrypts is not a signed envelope');
  return keyId;
}

/** The envelope in a JWS signed by `signer`. Problems: ENVELOPE_FORGED, ENVELOPE_UNREADABLE. */
export async function readSigned(signed: string, signer: MessageKey): Promise<Envelope> {
  let payload: Uint8Array;
  try {
    ({ payload } = await compactVerify(signed, signer.key, { algorithms: [SIGNING] }));
  } catch {
    throw envelopeForged('the signature does not match', { key: signer.id });
  }
  return parseEnvelope(payload);
}

/** The envelope in a JWS whose signature was checked before. */
export function decodeSigned(signed: string): Envelope {
  return parseEnvelope(Buffer.from(signed.split('.')[1] ?? '', 'base64url'));
}

function parseEnvelope(payload: Uint8Array): Envelope {
  const parsed = envelopeSchema.safeParse(parse(payload));
  if (!parsed.success) throw envelopeUnreadable('what was signed is not an envelope of version 1');
  return parsed.data;
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}
