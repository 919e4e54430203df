/** States of a receivable; the place in the list plus 1 is the contract's number. */
export const RECEIVABLE_STATUSES = ['ISSUED', 'CONFIRMED', 'SETTLED', 'SPLIT', 'WRITTEN_OFF', 'VOID'] as const;
export type ReceivableStatus = (typeof RECEIVABLE_STATUSES)[number];

/** What is said of a receivable beside its state; the place in the list is the contract's bit. None is taken back. */
export const RECEIVABLE_MARKS = ['OVERDUE', 'DEFAULTED', 'REPURCHASED'] as const;
export type ReceivableMark = (typeof RECEIVABLE_MARKS)[number];

/** The marks in the contract's bits. */
export const marksOf = (bits: number): ReceivableMark[] => RECEIVABLE_MARKS.filter((_, i) => (bits >> i) & 1);

/** Statements in a receivable's log that await no answer. */
export type StatementKind = 'OVERDUE' | 'DEFAULT' | 'WRITE_OFF' | 'REGISTRATION';

/** Those of them that say that it is not paid. */
export const LATE_KINDS = ['OVERDUE', 'DEFAULT', 'WRITE_OFF'] as const satisfies StatementKind[];
export type LateKind = (typeof LATE_KINDS)[number];

/** States of the encumbrance beside it; the place in the list is the contract's number. */
export const ENCUMBRANCE_STATES = ['NONE', 'RESERVED', 'PLEDGED', 'ASSIGNED', 'NOTIFIED'] as const;
export type EncumbranceState = (typeof ENCUMBRANCE_STATES)[number];

export const ENCUMBRANCE_KINDS = ['PLEDGE', 'ASSIGNMENT'] as const;
export type EncumbranceKind = (typeof ENCUMBRANCE_KINDS)[number];

/** Who may do what to a receivable in which states (DOMAIN.md, States). `encumbrance` absent: in any of its states. */
export interface ReceivableTransition {
  readonly from: readonly ReceivableStatus[];
  readonly to?: ReceivableStatus;
  readonly encumbrance?: { readonly from: readonly EncumbranceState[]; readonly to?: readonly EncumbranceState[] };
  readonly by:
    | 'supplier'
    | 'obligor'
    | 'payee'
    | 'holder'
    | 'lender'
    | 'holder and lender'
    | 'holder and obligor'
    | 'holder or lender'
    | 'holder, obligor or supplier'
    | "lenders' chamber"
    | 'anyone';
}

const LENT: readonly EncumbranceState[] = ['PLEDGED', 'ASSIGNED'];
const DISBURSED: readonly EncumbranceState[] = [...LENT, 'NOTIFIED'];

/** Every transition there is; one not listed is refused (rule 6). */
export const RECEIVABLE_TRANSITIONS = {
  confirm: { from: ['ISSUED'], to: 'CONFIRMED', by: 'obligor' },
  void: { from: ['ISSUED', 'CONFIRMED'], to: 'VOID', encumbrance: { from: ['NONE'] }, by: 'obligor' },
  reserve: { from: ['CONFIRMED'], encumbrance: { from: ['NONE'], to: ['RESERVED'] }, by: 'holder and lender' },
  disburse: { from: ['CONFIRMED'], encumbrance: { from: ['RESERVED'], to: LENT }, by: 'lender' },
  drop: { from: ['CONFIRMED', 'SETTLED'], encumbrance: { from: ['RESERVED'], to: ['NONE'] }, by: 'lender' },
  lapse: { from: ['CONFIRMED', 'SETTLED'], encumbrance: { from: ['RESERVED'], to: ['NONE'] }, by: 'anyone' },
  notify: { from: ['CONFIRMED'], encumbrance: { from: LENT }, by: 'lender' },
  acknowledgeNotice: { from: ['CONFIRMED'], encumbrance: { from: LENT, to: ['NOTIFIED'] }, by: 'obligor' },
  release: {
    from: ['CONFIRMED', 'SETTLED'],
    encumbrance: { from: DISBURSED, to: ['NONE'] },
    by: 'lender',
  },
  claimPayment: { from: ['CONFIRMED'], by: 'obligor' },
  withdrawPayment: { from: ['CONFIRMED'], by: 'obligor' },
  acknowledgePayment: { from: ['CONFIRMED'], by: 'payee' },
  settle: { from: ['CONFIRMED'], to: 'SETTLED', by: 'payee' },
  split: { from: ['CONFIRMED'], to: 'SPLIT', encumbrance: { from: ['NONE'] }, by: 'holder and obligor' },
  rollOver: { from: ['CONFIRMED'], encumbrance: { from: ['NONE'], to: LENT }, by: 'holder and lender' },
  markOverdue: { from: ['CONFIRMED'], by: 'payee' },
  markDefaulted: { from: ['CONFIRMED'], by: 'payee' },
  writeOff: {
    from: ['CONFIRMED'],
    to: 'WRITTEN_OFF',
    encumbrance: { from: ['ASSIGNED', 'NOTIFIED'], to: ['NONE'] },
    by: 'lender',
  },
  contestDisbursement: { from: ['CONFIRMED', 'SETTLED'], encumbrance: { from: DISBURSED }, by: 'holder' },
  callRecourse: { from: ['CONFIRMED', 'SETTLED'], encumbrance: { from: DISBURSED }, by: 'lender' },
  acknowledgeRepurchase: { from: ['CONFIRMED'], encumbrance: { from: DISBURSED, to: ['NONE'] }, by: 'lender' },
  demandRelease: { from: ['SETTLED'], encumbrance: { from: DISBURSED }, by: 'holder, obligor or supplier' },
  overrule: { from: ['SETTLED'], encumbrance: { from: DISBURSED, to: ['NONE'] }, by: "lenders' chamber" },
  recordRegistration: { from: ['CONFIRMED'], by: 'holder or lender' },
  issueCreditNote: { from: ['CONFIRMED'], by: 'supplier' },
  openDispute: { from: ['CONFIRMED'], by: 'obligor' },
  resolveDispute: { from: ['CONFIRMED', 'SETTLED'], by: 'obligor' },
} as const satisfies Record<string, ReceivableTransition>;

export type ReceivableAct = keyof typeof RECEIVABLE_TRANSITIONS;

/** Whether the state machine lists `act` from here. */
export function permits(act: ReceivableAct, status: ReceivableStatus, encumbrance: EncumbranceState): boolean {
  const transition: ReceivableTransition = RECEIVABLE_TRANSITIONS[act];
  return transition.from.includes(status) && (transition.encumbrance?.from.includes(encumbrance) ?? true);
}
