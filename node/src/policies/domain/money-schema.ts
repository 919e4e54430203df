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

/** As it is computed with: of another spelling ("+1", "01", "1.") each command that a clause weighs would fail. */
const plainDecimal = z
  .string()
  .max(40)
  .regex(/^(0|[1-9]\d*)(\.\d+)?$/, 'no plain decimal of nothing or more: without sign, spaces and leading zeros');

/** Money in whole minor units, nothing included. */
export const moneyOf = z
  .strictObject({ amount: plainDecimal, currency: currencyCode })
  .refine(({ amount, currency }) => holds(() => toMinorUnits(amount, currency)), 'no amount in whole minor units');
