import { z } from 'zod';

/** A number from outside that is compared with an integer column: a larger one would be an error of the database, not of who sent it. */
export const dbInt = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
