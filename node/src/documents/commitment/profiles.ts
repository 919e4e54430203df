/** What a purpose needs to see, as data: changing one means a new version beside the old. */
export interface Profile {
  /** UPPER_SNAKE. */
  readonly purpose: string;
  readonly version: number;
  readonly patterns: readonly string[];
  /** Roles in the member registry of whom it is for; anyone without. */
  readonly roles?: readonly string[];
}

const BOUND_TO = ['/previousRoot', '/order', '/orders', '/tag', '/receivable', '/instalment'];

const CREDIT_DECISION_1: Profile = {
  purpose: 'CREDIT_DECISION',
  version: 1,
  patterns: [
    ...BOUND_TO,
    ...['/issueDate', '/dueDate', '/dueDateStated', '/validUntil', '/deliverFrom', '/deliverUntil'],
    ...['/despatchDate', '/receiptDate', '/decision', '/sequence'],
    ...['/currency', '/amount', '/taxAmount', '/invoiceAmount', '/instalments'],
    ...['id', 'has', 'quantity', 'unit', 'amount', 'orderLine', 'outstanding', 'short', 'rejected', 'status'].map(
      (name) => `/lines/*/${name}`,
    ),
  ],
};

/**
 * Currency, amounts, quantities, dates and states: enough to decide on money, without names or what is traded. Whom an invoice says to
 * pay by number alone, since the claim may be that one's already. How many orders a receipt is over, without their numbers: its lines that name
 * none count for an order only where it is over no other.
 */
const CREDIT_DECISION: Profile = {
  ...CREDIT_DECISION_1,
  version: 2,
  patterns: [
    ...CREDIT_DECISION_1.patterns,
    '/has',
    '/payTo/id',
    '/payTo/scheme',
    '/prepaid',
    '/ofPrepayment',
    '/rounding',
    '/orderNumbers/-',
  ],
};

/** When what happened to the goods: no money, no quantity, no party. */
const TRACKING: Profile = {
  purpose: 'TRACKING',
  version: 1,
  patterns: [
    ...['/order', '/issueDate', '/despatchDate', '/receiptDate', '/deliverFrom', '/deliverUntil'],
    ...['type', 'action', 'step', 'disposition', 'time', 'zone'].map((name) => `/events/*/${name}`),
  ],
};

/** Everything, for auditors. */
const AUDIT: Profile = { purpose: 'AUDIT', version: 1, patterns: [''], roles: ['AUDITOR'] };

/** The profiles that every node has, in the version that is granted now. */
export const PROFILES = { CREDIT_DECISION, TRACKING, AUDIT } as const;

/** Versions before those: grants were given for them. */
export const FORMER_PROFILES: readonly Profile[] = [CREDIT_DECISION_1];
