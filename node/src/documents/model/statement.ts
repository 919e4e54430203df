/** What a member says under its own signature, in a form of ours rather than in an imported document's. */
export type StatementKind =
  | 'CONFIRMATION'
  | 'PAYMENT'
  | 'DISPUTE'
  | 'DISPUTE_RESOLUTION'
  | 'OFFER'
  | 'DISBURSEMENT'
  | 'NOTICE'
  | 'RELEASE'
  | 'OVERDUE'
  | 'DEFAULT'
  | 'CONTEST'
  | 'RECOURSE'
  | 'REPURCHASE'
  | 'WRITE_OFF'
  | 'RELEASE_DEMAND'
  | 'PART'
  | 'REGISTRATION';

/** A value of a statement; decimals and amounts are text in their canonical form, numbers whole ones. */
export type StatementValue = string | number | boolean | undefined;

export interface StatementModel {
  readonly kind: StatementKind;
  readonly content: Readonly<Record<string, StatementValue>>;
}
