import { z } from 'zod';
import { type Hex, isHex } from './hex.js';

/** So many bytes as lower-case hex. */
export const hexOf = <T extends Hex = Hex>(bytes: number) =>
  z.custom<T>((value) => isHex(value, bytes), `not 0x and ${2 * bytes} lower-case hex digits`);

export const hex32 = hexOf(32);
