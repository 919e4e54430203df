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
  'OVERDUE',
  'RECOURSE_CALLED',
  'REPAID',
  'CLOSED',
  'REPURCHASED',
  'WRITTEN_OFF',
] as const;
export type FinancingStatus = (typeof FINANCING_STATUSES)[number];

/** States in which the lender's money is out. */
const OUT = ['DISBURSED', 'OVERDUE', 'RECOURSE_CALLED'] as const satisfies FinancingStatus[];

/** `to` absent: it leaves the state as it is. */
export interface FinancingTransition {
  readonly from: readonly FinancingStatus[];
  readonly to?: FinancingStatus;
  readonly by: 'holder' | 'lender' | 'both' | 'time' | 'payee' | "lenders' chamber";
}

/**
 * Every transition there is; one not listed is refused (rule 6). An offer or a decline is itself the end of a review, so
 * it may follow the request at once. A lender may release before all is repaid: the claim is its own to give up (rule 3);
 * and a holder may buy back before it must. Nobody but the payee says that a claim is overdue, and an order has no payee.
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
  contest: { from: [...OUT, 'REPAID'], by: 'holder' },
  notify: { from: OUT, by: 'lender' },
  repay: { from: OUT, by: 'lender' },
  repayFully: { from: OUT, to: 'REPAID', by: 'lender' },
  repayMore: { from: ['REPAID'], by: 'lender' },
  markOverdue: { from: ['DISBURSED'], to: 'OVERDUE', by: 'payee' },
  callRecourse: { from: ['OVERDUE'], to: 'RECOURSE_CALLED', by: 'lender' },
  callRecourseOnOrder: { from: ['DISBURSED'], to: 'RECOURSE_CALLED', by: 'lender' },
  acknowledgeRepurchase: { from: OUT, to: 'REPURCHASED', by: 'lender' },
  writeOff: { from: ['OVERDUE', 'RECOURSE_CALLED'], to: 'WRITTEN_OFF', by: 'lender' },
  release: { from: [...OUT, 'REPAID'], to: 'CLOSED', by: 'lender' },
  allowVoiding: { from: ['AGREED', ...OUT, 'REPAID'], by: 'lender' },
  allowChange: { from: ['AGREED', ...OUT, 'REPAID'], by: 'lender' },
  demandRelease: { from: [...OUT, 'REPAID'], by: 'holder' },
  overrule: { from: [...OUT, 'REPAID'], to: 'CLOSED', by: "lenders' chamber" },
} as const satisfies Record<string, FinancingTransition>;

/** Whether the lender's money is out, and not all of it back. */
export const isOut = (status: FinancingStatus): boolean => (OUT as readonly FinancingStatus[]).includes(status);

/** Whether nothing can follow any more (rule 6). */
export function isOver(status: FinancingStatus): boolean {
  return !Object.values<FinancingTransition>(FINANCING_TRANSITIONS).some(({ from }) => from.includes(status));
}

export type FinancingAct = keyof typeof FINANCING_TRANSITIONS;

export function permits(act: FinancingAct, status: FinancingStatus): boolean {
  return (FINANCING_TRANSITIONS[act].from as readonly FinancingStatus[]).includes(status);
}
