import { z } from 'zod';

/** Block time as other nodes tell it, seconds. The chain counts them in 40 bits; beyond some 2^43 a Date would be none. */
export const blockSeconds = z
  .int()
  .nonnegative()
  .max(2 ** 40 - 1);
