import { z } from 'zod';
import { DESK_ROLES } from '../../auth/roles.js';
import { MILESTONE_KINDS } from '../../fulfilment/domain/milestone-kinds.js';
import { currencyCode, moneyOf } from './money-schema.js';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
  .describe('Name of the clause: refusals name it.');

const command = z
  .string()
  .regex(/^(\*|(POST|PUT|PATCH|DELETE) \/v1\/[A-Za-z0-9/:_-]+)$/)
  .describe('A route as the OpenAPI document lists it, with :id for what is in braces there, or * for all.');

/** One rule of a pack. */
export const clause = z.discriminatedUnion('kind', [
  z.strictObject({
    id,
    kind: z.literal('LONGEST_TENOR'),
    days: z
      .int()
      .min(1)
      .max(3650)
      .describe('From the offer to its repayBy or the day on which the claim is payable, whichever is later.'),
  }),
  z.strictObject({ id, kind: z.literal('CURRENCIES'), allowed: z.array(currencyCode).min(1).max(200) }),
  z.strictObject({
    id,
    kind: z.literal('OBLIGOR_CONCENTRATION'),
    most: moneyOf.describe('Most that may be out on receivables and orders of one obligor.'),
  }),
  z.strictObject({
    id,
    kind: z.literal('MINIMUM_MILESTONES'),
    milestones: z.array(z.enum(MILESTONE_KINDS)).min(1),
  }),
  z.strictObject({
    id,
    kind: z.literal('FOUR_EYES'),
    commands: z.array(command).min(1).max(100),
    above: moneyOf.optional().describe('Only above this amount; another currency needs approval at any amount.'),
    approvers: z
      .array(z.enum(DESK_ROLES))
      .min(1)
      .optional()
      .describe('Any of these roles; without, one the caller has.'),
  }),
]);
export type Clause = z.output<typeof clause>;
export type ClauseOf<K extends Clause['kind']> = Extract<Clause, { kind: K }>;

/** What a member, or the consortium, sets at one time. */
export const rulePack = z
  .strictObject({ clauses: z.array(clause).max(100) })
  .refine(({ clauses }) => new Set(clauses.map((each) => each.id)).size === clauses.length, {
    message: 'two clauses have one id',
  });
export type RulePack = z.output<typeof rulePack>;

export const SCOPES = ['MEMBER', 'CONSORTIUM'] as const;
export type Scope = (typeof SCOPES)[number];

/** A pack in force: both scopes' apply, so that the stricter does. */
export interface PackVersion extends RulePack {
  readonly scope: Scope;
  readonly version: number;
}

/** A clause, and where it stands. */
export interface ClauseInForce<C extends Clause = Clause> {
  readonly clause: C;
  readonly scope: Scope;
  readonly version: number;
}

/** The clauses of a kind, of all packs in force. */
export function clausesOf<K extends Clause['kind']>(
  packs: readonly PackVersion[],
  kind: K,
): ClauseInForce<ClauseOf<K>>[] {
  return packs.flatMap(({ scope, version, clauses }) =>
    clauses.filter((each): each is ClauseOf<K> => each.kind === kind).map((each) => ({ clause: each, scope, version })),
  );
}
