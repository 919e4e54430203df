import { z } from 'zod';
import { minorUnits, toMinorUnits } from '../../kernel/money.js';

/** Whether `read` throws nothing. */
const holds = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch {
    return false;
  }
};

export const currencyCode = z.string().refine((code) => holds(() => minorUnits(code)), 'no currency of ISO 4217');

/** Money in whole minor units, nothing included. */
export const moneyOf = z
  .strictObject({ amount: z.string().max(40), currency: currencyCode })
  .refine(({ amount, currency }) => holds(() => toMinorUnits(amount, currency)), 'no amount in whole minor units')
  .refine(({ amount }) => !amount.startsWith('-'), 'less than nothing');
