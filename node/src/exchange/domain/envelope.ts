import { createHash } from 'node:crypto';
import { z } from 'zod';
import { toHex, type Hex } from '../../kernel/hex.js';
import { hex32 } from '../../kernel/hex-schema.js';

const member = z.int().positive().max(0xffff_ffff);

export const envelopeSchema = z.strictObject({
  v: z.literal(1),
  /** random, made by the sender, the same at each attempt: repeats and replays are told by it */
  id: z.uuid(),
  /** MemberRegistry's domain separator: an envelope of another consortium, or of a wiped chain, means nothing here */
  domain: hex32,
  from: member,
  to: member,
  type: z
    .string()
    .max(64)
    .regex(/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/),
  /** what it is about; envelopes about one object arrive in the order they were sent */
  object: hex32,
  /** JSON text, never parsed on the way, so that both sides hash the same bytes */
  body: z.string(),
  /** sender's indexed head when it sealed; the recipient reads the envelope once it has indexed as much */
  block: z.int().nonnegative(),
  /** sender's clock when it sealed, RFC 3339; new at each attempt */
  sealedAt: z.iso.datetime(),
});

/** What travels from one member's node to another's, signed by the one and encrypted to the other. */
export type Envelope = z.infer<typeof envelopeSchema>;

/** The part of an envelope that is the same at each attempt. */
export type Letter = Omit<Envelope, 'block' | 'sealedAt'>;

/** SHA-256 over the letter: what a receipt names, whichever attempt arrived. */
export function hashLetter({ v, id, domain, from, to, type, object, body }: Letter): Hex {
  const text = JSON.stringify([`tradeproof/envelope/v${v}`, id, domain, from, to, type, object, body]);
  return toHex(createHash('sha256').update(text).digest());
}
