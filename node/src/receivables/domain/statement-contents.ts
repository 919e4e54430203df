import { z } from 'zod';
import type { StatementKind, StatementModel } from '../../documents/model/index.js';
import { isMoney } from './documents/figures.js';
import { statementInvalid } from './problems.js';
import { isCovered } from './split/part-terms.js';

const money = { amount: z.string(), currency: z.string() };
const isPayable = ({ amount, currency }: { amount?: string; currency?: string }): boolean =>
  amount === undefined ? currency === undefined : currency !== undefined && isMoney(amount, currency);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const PAYABLE = { message: 'not a canonical amount of a known currency', path: ['amount'] };

/** What statements say that this node computes with. More than that they may say. */
const CONTENTS: Partial<Record<StatementKind, z.ZodType>> = {
  CONFIRMATION: z
    .object({
      ...money,
      dueDate: z.iso.date(),
      waivesSetOff: z.boolean(),
      waivesDefences: z.boolean(),
      withoutReceipt: z.boolean(),
    })
    .refine(isPayable, PAYABLE),
  PAYMENT: z.object({ ...money, reference: z.string(), paidTo: z.string() }).refine(isPayable, PAYABLE),
  DISPUTE: z
    .object({ amount: money.amount.optional(), currency: money.currency.optional(), reason: z.string() })
    .refine(isPayable, PAYABLE),
  PART: z
    .object({
      ...{ ...money, dueDate: z.iso.date(), covered: z.string(), parent: hash, parentConfirmation: hash },
      has: z.enum(['', 'payTo']),
    })
    .refine(isPayable, PAYABLE)
    .refine((terms) => isMoney(terms.amount, terms.currency) && isCovered(terms), {
      message: 'not an amount from nothing to all of the part',
      path: ['covered'],
    }),
  REGISTRATION: z.object({
    register: z.string().min(1),
    number: z.string().min(1),
    registeredAt: z.iso.datetime(),
    noticeGivenAt: z.iso.datetime().optional(),
  }),
  DISPUTE_RESOLUTION: z.object({ dispute: z.int().nonnegative(), reason: z.string().optional() }),
  OVERDUE: z.object({ dueDate: z.iso.date(), reason: z.string().optional() }),
  DEFAULT: z.object({ dueDate: z.iso.date(), reason: z.string().optional() }),
  CONTEST: z.object({ reason: z.string() }),
  RECOURSE: z.object({ reason: z.string().optional() }),
  REPURCHASE: z.object({ ...money, reference: z.string() }).refine(isPayable, PAYABLE),
  WRITE_OFF: z.object({ reason: z.string() }),
  RELEASE_DEMAND: z.object({ reason: z.string() }),
};

/** Refuses with STATEMENT_INVALID another member's statement that nobody could compute with, naming the field. */
export function requireContent(kind: StatementKind, content: StatementModel['content']): void {
  const issue = CONTENTS[kind]?.safeParse(content).error?.issues[0];
  if (!issue) return;
  const field = `/${issue.path.join('/')}`;
  throw statementInvalid(`${field} of the ${kind}: ${issue.message}`, { kind, field });
}
