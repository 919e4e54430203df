import { z } from 'zod';
import { defineNews } from '../../kernel/news.js';

const approval = z.object({
  approval: z.uuid().describe('See /v1/approvals.'),
  command: z.string().describe('Method and route of the command that waits, or waited.'),
});

export const approvalRequested = defineNews('approval.requested', approval);
export const approvalGiven = defineNews('approval.given', approval);
export const approvalDenied = defineNews('approval.denied', approval);
