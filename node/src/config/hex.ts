import { z } from 'zod';

export const bytes32 = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{64}$/)]);

/** The schema, given the text in lower case. */
export const lower = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (typeof value === 'string' ? value.toLowerCase() : value), schema);
