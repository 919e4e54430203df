import { z } from 'zod';
import { hex32 } from '../../kernel/hex-schema.js';
import { depthOf, MAX_DEPTH } from '../../kernel/json-depth.js';
import { repeatedKey } from '../../kernel/repeated-key.js';
import { evidenceItemMalformed, evidenceItemTooLarge } from './problems.js';

/** Most bytes of an item's text. */
export const MOST_ITEM_BYTES = 16_384;

/** Ids of items: text that a path takes as it is. */
export const ITEM_ID = /^[A-Za-z0-9._~:@-]{1,64}$/;

const data = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'not a JSON object',
);

/** An item of evidence as its JSON text says it. */
export const evidenceItem = z
  .strictObject({
    id: z.string().regex(ITEM_ID).describe('Its own id at its source: what comes again with it is taken in once.'),
    kind: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/)
      .describe('What it is, in words of whoever posts it: PRODUCTION_STEP, SENSOR_READING, ...'),
    at: z.iso.datetime({ offset: true }).describe('When it happened, as its source says.'),
    order: hex32.optional(),
    receivable: hex32.optional(),
    data: data.optional().describe('What was seen or measured.'),
  })
  .refine(({ order, receivable }) => !order || !receivable, {
    message: 'is of an order or of a receivable, not of both',
  });
export type EvidenceItem = z.output<typeof evidenceItem>;

/**
 * The item that a JSON text says. Throws EVIDENCE_ITEM_TOO_LARGE, and EVIDENCE_ITEM_MALFORMED with the JSON Pointer of the
 * member that is at fault, or the key that occurs twice.
 */
export function readItem(text: string): EvidenceItem {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_ITEM_BYTES) throw evidenceItemTooLarge(`${bytes} bytes`, { bytes, most: MOST_ITEM_BYTES });
  const value = parse(text);
  const result = evidenceItem.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const pointer = path.length === 0 ? '' : `/${path.map(String).join('/')}`;
  throw evidenceItemMalformed(pointer ? `${pointer}: ${message}` : message, { pointer });
}

function parse(text: string): unknown {
  if (depthOf(text) > MAX_DEPTH) throw evidenceItemMalformed(`nested deeper than ${MAX_DEPTH}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw evidenceItemMalformed('not JSON');
  }
  // What comes out as it went in has no key twice; only other texts are worth the slower look.
  const twice = JSON.stringify(value) === text ? undefined : repeatedKey(text);
  if (twice !== undefined)
    throw evidenceItemMalformed('a key occurs twice in one object', { key: twice.slice(0, 100) });
  return value;
}
