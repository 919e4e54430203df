import { defineProblem } from '../../../kernel/problem.js';

/** A document whose number, date or party cannot be told from others: it gets no tag. */
export const identityUnusable = defineProblem({
  code: 'DOCUMENT_IDENTITY_UNUSABLE',
  status: 422,
  title: 'The document’s number, date or party does not identify it',
  rule: '2',
});
