import { commit } from '../../documents/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import type { DocumentBody } from '../../orders/index.js';
import type { Receivable } from '../domain/receivable.js';
import type { Saying } from './audience.js';
import type { CreditNoteExcerptBody } from './envelopes.js';
import type { Paper } from './papers.js';

/** What the holder of a part sees of a credit note of it: what else it names its supplier sold to others (docs/adr/0015). */
export const EXCERPT = ['/receivable', '/currency', '/amount'];

/** Statements that no lender hears as they were made: they say why in a party's own words, or that another lender has a claim. */
const STATEMENTS = ['dispute.document', 'dispute.resolution', 'registration.document'];

/** Whether what envelopes of this type bring is for the parties to a receivable alone. */
export const isBetweenParties = (type: string): boolean => STATEMENTS.includes(type);

/** A credit note of a receivable as its parties hear it; `body` brings the whole of it. */
export function creditNoteSaying({ parent }: Receivable, paper: Paper, body: DocumentBody): Saying {
  const saying = { type: 'credit-note.document', body, betweenParties: true };
  if (parent === null) return saying;
  const excerpt = { root: paper.root, disclosure: excerptOf(paper) } satisfies CreditNoteExcerptBody;
  return { ...saying, toPartHolder: { type: 'credit-note.excerpt', body: excerpt } };
}

function excerptOf({ fields, seed }: Paper): Disclosure {
  return commit(fields, seed).disclose(EXCERPT);
}
