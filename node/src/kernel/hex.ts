import { defineProblem } from './problem.js';

/** Lower-case hex with prefix: ids, hashes, addresses and byte strings as TypeScript and JSON carry them. */
export type Hex = `0x${string}`;

/** The value is not in the form that is expected: lower-case hex with its prefix. */
export const hexMalformed = defineProblem({
  code: 'HEX_MALFORMED',
  status: 400,
  title: 'Not a hex value of the form expected',
});

const HEX = /^0x(?:[0-9a-f]{2})*$/;

/** Whether `value` is lower-case 0x hex, of exactly `bytes` bytes if given. */
export function isHex(value: unknown, bytes?: number): value is Hex {
  return typeof value === 'string' && (bytes === undefined || value.length === 2 + 2 * bytes) && HEX.test(value);
}

/** `value` as hex of `bytes` bytes, its letters lowered. Throws HEX_MALFORMED. */
export function parseHex(value: unknown, bytes?: number): Hex {
  const lowered = typeof value === 'string' ? value.toLowerCase() : value;
  if (isHex(lowered, bytes)) return lowered;
  throw hexMalformed(bytes === undefined ? 'not 0x hex' : `not 0x and ${2 * bytes} hex digits`);
}

/** The bytes that `hex` writes. Throws HEX_MALFORMED rather than drop what is no hex, as Buffer.from would. */
export function toBytes(hex: Hex): Buffer {
  const bytes = Buffer.from(hex.slice(2), 'hex');
  if (hex.length !== 2 + 2 * bytes.length || !hex.startsWith('0x')) throw hexMalformed('not 0x hex');
  return bytes;
}

export function toHex(bytes: Uint8Array): Hex {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return `0x${buffer.toString('hex')}`;
}
