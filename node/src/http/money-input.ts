import { z } from 'zod';

const text = z.string().max(64).describe('Decimal text: never a JSON number, which would lose digits.');

/** Money of a request: {amount, currency}, or decimal text alone in the currency of what it is about. */
export const moneyInput = z
  .union([text, z.strictObject({ amount: text, currency: z.string().length(3) })])
  .transform((money) => (typeof money === 'string' ? { amount: money, currency: undefined } : money));
