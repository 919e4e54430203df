import { createHash } from 'node:crypto';
import type { Hex } from '../../kernel/hex.js';

const PREFIX = 'TP';
const FORM = /^TP([0-9a-f]{32})$/i;

/** The reference under which banks carry something of ours: 34 characters, half of its id. */
export const referenceOf = (id: Hex): string => PREFIX + id.slice(2, 34);

/** The beginning of the id that a reference stands for; undefined for others' references. */
export function idPrefix(reference: string | undefined): Hex | undefined {
  const [, half] = FORM.exec(reference?.trim() ?? '') ?? [];
  return half === undefined ? undefined : `0x${half.toLowerCase()}`;
}

/** The same for the same content, so that a bank knows a message sent twice. */
export const messageReference = (...parts: readonly string[]): string =>
  PREFIX + createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
