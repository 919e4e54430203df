import type { Party } from '../../orders/domain/party.js';

/** Steps of fulfilment, in the order of the contract's numbers, which begin at 1. */
export const MILESTONE_KINDS = [
  'PRODUCTION_STARTED',
  'PRODUCTION_COMPLETED',
  'DESPATCHED',
  'IN_TRANSIT',
  'DELIVERED',
  'RECEIVED',
  'INSPECTED',
  'RETURNED',
] as const;
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

/** Who may add a kind without being appointed, and whether the log of a completed order still takes it. */
export interface KindRule {
  readonly by: readonly Party[];
  /** ALWAYS, or only as a correction of an earlier entry, or never. */
  readonly afterCompletion: 'ALWAYS' | 'CORRECTION' | 'NEVER';
  /** Whether it can lower cover (rule 5), so that a lender must see its content. */
  readonly touchesCover: boolean;
}

const EITHER: readonly Party[] = ['BUYER', 'SUPPLIER'];
const STEP: KindRule = { by: EITHER, afterCompletion: 'NEVER', touchesCover: false };

export const MILESTONE_RULES: Readonly<Record<MilestoneKind, KindRule>> = {
  PRODUCTION_STARTED: STEP,
  PRODUCTION_COMPLETED: STEP,
  DESPATCHED: STEP,
  IN_TRANSIT: STEP,
  DELIVERED: STEP,
  RECEIVED: { by: ['BUYER'], afterCompletion: 'CORRECTION', touchesCover: true },
  INSPECTED: { by: EITHER, afterCompletion: 'ALWAYS', touchesCover: true },
  RETURNED: { by: EITHER, afterCompletion: 'ALWAYS', touchesCover: true },
};

/** The contract's number of a kind, and back. */
export const kindNumber = (kind: MilestoneKind): number => MILESTONE_KINDS.indexOf(kind) + 1;

/** Throws RangeError for a number that names no kind. */
export function kindOf(number: number): MilestoneKind {
  const kind = MILESTONE_KINDS[number - 1];
  if (!kind) throw new RangeError(`no milestone has the kind ${number}`);
  return kind;
}

/** The contract's bit mask of kinds: bit k for kind number k. */
export const kindsMask = (kinds: readonly MilestoneKind[]): number =>
  kinds.reduce((mask, kind) => mask | (1 << kindNumber(kind)), 0);

/** The kinds in a bit mask. */
export const kindsOf = (mask: number): MilestoneKind[] =>
  MILESTONE_KINDS.filter((kind) => (mask & (1 << kindNumber(kind))) !== 0);
