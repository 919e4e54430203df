import { z } from 'zod';
import { defineNews } from '../../kernel/news.js';

const id = z.string().describe('0x and 64 hex digits.');

// Without amounts: any desk reads the stream (rule 9). They are in the financing.
const cover = z.object({
  financing: id,
  causes: z
    .array(z.object({ event: z.string(), object: id, transaction: id, block: z.int(), logIndex: z.int() }))
    .readonly()
    .describe('Events that may have lowered the cover since it last sufficed.'),
});

/** For lender and holder: the cover has come to fall short of the advance, or by more. */
export const coverShort = defineNews('financing.cover.short', cover);
export const coverRestored = defineNews('financing.cover.restored', cover);
