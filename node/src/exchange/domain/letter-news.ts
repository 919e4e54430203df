import { z } from 'zod';
import { defineNews } from '../../kernel/news.js';

const came = z.object({ from: z.string().describe('Short name of the sender.'), envelope: z.uuid() });

const known = new Map<string, ReturnType<typeof defineNews<typeof came>>>();

/** That letters of a type came, and were taken in: defined with the letters' handler. */
export function letterReceived(type: string): ReturnType<typeof defineNews<typeof came>> {
  const news = known.get(type) ?? defineNews(`${type}.received`, came);
  known.set(type, news);
  return news;
}

/** For the operator: a letter that this node could not take in. */
export const envelopeSetAside = defineNews(
  'envelope.set-aside',
  came.extend({
    type: z.string().describe('Of the letter.'),
    code: z.string().describe('Why: one of docs/errors.md.'),
    discarded: z.literal(true).optional().describe('It is gone already, since it carried what was erased.'),
  }),
);
