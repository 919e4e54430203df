/** Every state of a financing (DOMAIN.md, States). */
export const FINANCING_STATUSES = [
  'REQUESTED',
  'UNDER_REVIEW',
  'OFFERED',
  'DECLINED',
  'WITHDRAWN',
  'AGREED',
  'EXPIRED',
  'DISBURSED',
  'REPAID',
  'CLOSED',
] as const;
export type FinancingStatus = (typeof FINANCING_STATUSES)[number];

export interface FinancingTransition {
  readonly from: readonly FinancingStatus[];
  readonly to: FinancingStatus;
  readonly by: 'holder' | 'lender' | 'both' | 'time';
}

/**
 * Every transition there is; one not listed is refused (rule 6). An offer or a decline is itself the end of a review, so
 * it may follow the request at once. A lender may release before all is repaid: the claim is its own to give up (rule 3).
 */
export const FINANCING_TRANSITIONS = {
  review: { from: ['REQUESTED'], to: 'UNDER_REVIEW', by: 'lender' },
  offer: { from: ['REQUESTED', 'UNDER_REVIEW'], to: 'OFFERED', by: 'lender' },
  decline: { from: ['REQUESTED', 'UNDER_REVIEW'], to: 'DECLINED', by: 'lender' },
  withdraw: { from: ['REQUESTED', 'UNDER_REVIEW', 'OFFERED'], to: 'WITHDRAWN', by: 'holder' },
  agree: { from: ['OFFERED'], to: 'AGREED', by: 'both' },
  expire: { from: ['OFFERED', 'AGREED'], to: 'EXPIRED', by: 'time' },
  drop: { from: ['AGREED'], to: 'EXPIRED', by: 'lender' },
  disburse: { from: ['AGREED'], to: 'DISBURSED', by: 'lender' },
  notify: { from: ['DISBURSED'], to: 'DISBURSED', by: 'lender' },
  repay: { from: ['DISBURSED'], to: 'DISBURSED', by: 'lender' },
  repayFully: { from: ['DISBURSED'], to: 'REPAID', by: 'lender' },
  repayMore: { from: ['REPAID'], to: 'REPAID', by: 'lender' },
  release: { from: ['DISBURSED', 'REPAID'], to: 'CLOSED', by: 'lender' },
} as const satisfies Record<string, FinancingTransition>;

/** Whether nothing can follow any more (rule 6). */
export function isOver(status: FinancingStatus): boolean {
  return !Object.values<FinancingTransition>(FINANCING_TRANSITIONS).some(({ from }) => from.includes(status));
}

export type FinancingAct = keyof typeof FINANCING_TRANSITIONS;

export function permits(act: FinancingAct, status: FinancingStatus): boolean {
  return (FINANCING_TRANSITIONS[act].from as readonly FinancingStatus[]).includes(status);
}
