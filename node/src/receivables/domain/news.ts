import { z } from 'zod';
import { defineNews } from '../../kernel/news.js';

/** For the lender: what was due to it was paid to another. */
export const paymentMisdirected = defineNews(
  'receivable.payment.misdirected',
  z.object({ payment: z.string().describe('Root of the payment’s document.') }),
);
