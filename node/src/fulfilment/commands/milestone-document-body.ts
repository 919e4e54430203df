import { z } from 'zod';
import { documentBody } from '../../orders/index.js';

/** `milestone.document`: the document behind an entry of the order's log; its root tells which one. */
export const milestoneDocumentBody = documentBody.extend({
  /** Plain JSON need not name its own. */
  kind: z.enum(['EVENT', 'DESPATCH', 'RECEIPT']),
});
export type MilestoneDocumentBody = z.output<typeof milestoneDocumentBody>;
