import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import type { Hex } from '../../kernel/hex.js';
import { keyIdOf } from './headers.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { type MessageKey, SIGNING } from './message-keys.js';

const receiptSchema = z.strictObject({
  v: z.literal(1),
  /** id of the envelope */
  envelope: z.uuid(),
  /** SHA-256 of the letter that was received */
  hash: hex32,
  domain: hex32,
  from: z.int(),
  to: z.int(),
  /** recipient's clock, RFC 3339 */
  receivedAt: z.iso.datetime(),
  /** recipient's indexed head */
  block: z.strictObject({ number: z.int(), hash: hex32 }),
  /** `IN_PARTS`: nothing of it was taken in; its sender is to send what it consists of, each in a letter of its own */
  outcome: z.enum(['HANDLED', 'SET_ASIDE', 'IN_PARTS']),
  /** why it was not taken in */
  reason: z.string().max(64).optional(),
});

/** The recipient's signed word that it received an envelope, by hash, time and block, and what it did with it. */
export type Receipt = z.infer<typeof receiptSchema>;

const TYPE = 'tradeproof-receipt+jws';

/** A receipt as a JWS in compact form, by the recipient's message signing key. */
export function signReceipt(receipt: Receipt, by: MessageKey): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(receipt)))
    .setProtectedHeader({ alg: SIGNING, kid: by.id, typ: TYPE })
    .sign(by.key);
}

/** Id of the key that a receipt says it is signed by; undefined when it is none. */
export function receiptSigner(signed: string): Hex | undefined {
  return keyIdOf(signed, { alg: SIGNING, typ: TYPE });
}

/** The receipt in what this member itself signed before. */
export function decodeReceipt(signed: string): Receipt {
  return receiptSchema.parse(JSON.parse(Buffer.from(signed.split('.')[1] ?? '', 'base64url').toString('utf8')));
}

/** The receipt in `signed`; undefined unless `by` signed it and it is one. */
export async function readReceipt(signed: string, by: MessageKey): Promise<Receipt | undefined> {
  try {
    const { payload } = await compactVerify(signed, by.key, { algorithms: [SIGNING] });
    return receiptSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return undefined;
  }
}
