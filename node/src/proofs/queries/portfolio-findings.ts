import type { Hex } from '../../kernel/hex.js';
import type { OrderStanding } from '../../orders/index.js';
import type { ReceivableStanding } from '../../receivables/index.js';
import { IN_FORCE } from '../verify/judge-order.js';

/** One order or receivable in somebody's books, and what they know of it. */
export interface Claim {
  readonly id: Hex;
  /** Root of its document, as held. */
  readonly commitment?: Hex;
  /** At which it was looked at last. */
  readonly coverVersion?: number;
}

/** Whose a claim or its orders are encumbered to. */
export type Bearing = 'NONE' | 'OWN' | 'OTHER';

export type ClaimStanding =
  | (OrderStanding & { readonly kind: 'ORDER'; readonly bearing: Bearing })
  | (ReceivableStanding & { readonly kind: 'RECEIVABLE'; readonly bearing: Bearing });

export const FINDING_CODES = [
  'CLAIM_UNKNOWN',
  'COMMITMENT_DIFFERS',
  'ORDER_NOT_IN_FORCE',
  'ORDER_IS_FRAMEWORK',
  'RECEIVABLE_NOT_CONFIRMED',
  'RECEIVABLE_DISPUTED',
  'RECEIVABLE_MARKED',
  'COVER_VERSION_MOVED',
  'ORDER_DESCENDANTS_ENCUMBERED',
  'ENCUMBERED_TO_ANOTHER',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Something that whoever holds the claim must look at. */
export interface Finding {
  readonly code: FindingCode;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What is not as it should be with a claim; nothing for one that is as its holder believes. */
export function findingsOf(claim: Claim, standing: ClaimStanding | undefined): Finding[] {
  if (!standing) return [{ code: 'CLAIM_UNKNOWN' }];
  const findings: Finding[] = [];
  const note = (code: FindingCode, data?: Finding['data']) => findings.push(data ? { code, data } : { code });
  const { status, commitment, coverVersion } = standing;
  if (claim.commitment !== undefined && claim.commitment !== commitment) note('COMMITMENT_DIFFERS', { commitment });
  if (standing.kind === 'ORDER') {
    if (!IN_FORCE.includes(standing.status)) note('ORDER_NOT_IN_FORCE', { status });
    if (standing.type === 'FRAMEWORK') note('ORDER_IS_FRAMEWORK');
    const { encumberedDescendants } = standing;
    if (standing.bearing === 'NONE' && encumberedDescendants > 0)
      note('ORDER_DESCENDANTS_ENCUMBERED', { encumberedDescendants });
  } else {
    const { openDisputes, marks, orders, orderStatuses } = standing;
    if (standing.status !== 'CONFIRMED') note('RECEIVABLE_NOT_CONFIRMED', { status });
    if (openDisputes > 0) note('RECEIVABLE_DISPUTED', { openDisputes });
    if (marks.length > 0) note('RECEIVABLE_MARKED', { marks });
    for (const [place, order] of orders.entries()) {
      const status = orderStatuses[place]!;
      if (!IN_FORCE.includes(status)) note('ORDER_NOT_IN_FORCE', { order, status });
    }
  }
  if (claim.coverVersion !== undefined && claim.coverVersion !== coverVersion)
    note('COVER_VERSION_MOVED', { coverVersion });
  if (standing.bearing === 'OTHER') note('ENCUMBERED_TO_ANOTHER');
  return findings;
}
