import type { Hex } from '../kernel/hex.js';

const WORD = 64;

/** Start and length of the dynamic value whose offset stands at `head`, both in hex digits of `data`. Throws when cut short. */
function tail(data: string, head: number, digitsPerUnit: number): { start: number; end: number } {
  const lengthAt = 2 + 2 * parseInt(data.slice(head + 32, head + WORD), 16);
  const start = lengthAt + WORD;
  const end = start + digitsPerUnit * parseInt(data.slice(lengthAt + 32, start), 16);
  if (!(end <= data.length)) throw new RangeError('log data is shorter than it says');
  return { start, end };
}

/** `bytes` whose offset stands at hex digit `head`. */
export function bytesAt(data: string, head: number): Hex {
  const { start, end } = tail(data, head, 2);
  return `0x${data.slice(start, end)}`;
}

/**
 * `string` whose offset stands at hex digit `head`. What is not UTF-8 becomes U+FFFD, and so does U+0000: contracts take any bytes,
 * PostgreSQL stores no such text, and one event that cannot be stored would stop each member's index for good.
 */
export function stringAt(data: string, head: number): string {
  return Buffer.from(bytesAt(data, head).slice(2), 'hex').toString('utf8').replaceAll('\0', '\ufffd');
}

/** `bytes32[]` whose offset stands at hex digit `head`. */
export function wordsAt(data: string, head: number): Hex[] {
  const { start, end } = tail(data, head, WORD);
  const words: Hex[] = [];
  for (let at = start; at < end; at += WORD) words.push(`0x${data.slice(at, at + WORD)}`);
  return words;
}
