import { z } from 'zod';
import type { Hex } from './hex.js';

/** So many bytes as lower-case hex: a pattern, so that the description of the API has it. */
export const hexOf = <T extends Hex = Hex>(bytes: number): z.ZodType<T> => {
  const digits = 2 * bytes;
  const text = z.string().regex(new RegExp(`^0x[0-9a-f]{${digits}}$`), `not 0x and ${digits} lower-case hex digits`);
  return text as unknown as z.ZodType<T>;
};

export const hex32 = hexOf(32);
