import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import type { Hex } from '../../kernel/hex.js';
import { keyIdOf } from './headers.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { type MessageKey, SIGNING } from './message-keys.js';

/** Where a member's node is asked for its standing. */
export const STANDING_PATH = 'exchange/v1/standing';

const standingSchema = z.strictObject({
  v: z.literal(1),
  /** The asker's 32 random bytes: the answer was made for this question. */
  challenge: hex32,
  domain: hex32,
  /** Member number on chain. */
  member: z.int(),
  /** The node's clock, RFC 3339. */
  time: z.iso.datetime(),
  /** Indexed head to which the checksums belong; number -1 before the first block. */
  block: z.strictObject({ number: z.int(), hash: z.string().regex(/^0x[0-9a-f]*$/), timestamp: z.int() }),
  tables: z.array(
    z.strictObject({
      table: z.string().max(64),
      rows: z.int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** A node's signed word on what it has indexed. */
export type Standing = z.infer<typeof standingSchema>;

const TYPE = 'tradeproof-standing+jws';

export function signStanding(standing: Standing, by: MessageKey): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(standing)))
    .setProtectedHeader({ alg: SIGNING, kid: by.id, typ: TYPE })
    .sign(by.key);
}

/** Id of the key that a standing says it is signed by; undefined when it is none. */
export function standingSigner(signed: string): Hex | undefined {
  return keyIdOf(signed, { alg: SIGNING, typ: TYPE });
}

/** The standing in `signed`; undefined unless `by` signed it and it is one. */
export async function readStanding(signed: string, by: MessageKey): Promise<Standing | undefined> {
  try {
    const { payload } = await compactVerify(signed, by.key, { algorithms: [SIGNING] });
    return standingSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return undefined;
  }
}
