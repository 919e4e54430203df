import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import type { EventRef } from '../event-ref.js';
import type { ReceivableStatus } from '../states.js';
import type { MetBy } from './line-meeting.js';

/** A line of the invoice behind a claim. */
export interface ClaimLine {
  readonly id: string;
  /** Invoiced; a line without quantity counts as 1 (rule 5). */
  readonly quantity: Rational;
  /** As the invoice states it. */
  readonly unit?: string;
  /** LineExtensionAmount: net price times quantity. */
  readonly amount: Rational;
  /** The order's line that it bills, where one was met. */
  readonly met?: { readonly order: Hex; readonly line: string; readonly by: MetBy };
}

/** The obligor's undertaking, as far as cover needs it. */
export interface Undertaking {
  readonly amount: Rational;
  readonly withoutReceipt: boolean;
  readonly event: EventRef;
}

/** A receivable as cover sees it. */
export interface Claim {
  readonly receivable: Hex;
  readonly orders: readonly Hex[];
  readonly issued: EventRef;
  /** Whether it can pay back what is advanced on its orders: {@link bearsAdvances}. */
  readonly bearsAdvances: boolean;
  /** Payable by this receivable: the invoice's payable amount, or its instalment's part. */
  readonly payable: Rational;
  /** Payable by the whole invoice: more than `payable` when it is paid in instalments. */
  readonly invoicePayable: Rational;
  /** Lines of the whole invoice. */
  readonly lines: readonly ClaimLine[];
  readonly confirmed?: Undertaking;
}

/**
 * Whether a receivable in this state can pay back what is advanced on its orders. One that was split has its goods still, but what it
 * is worth is its parts', which others finance; one that was written off is worth nothing; on one that was settled nothing is owed,
 * whatever its log says: the chain takes its payee's word for that, without a payment.
 */
export const bearsAdvances = (status: ReceivableStatus | null): boolean =>
  status !== 'SPLIT' && status !== 'SETTLED' && status !== 'WRITTEN_OFF';

/** The part of the invoice's goods that this claim stands for, so that instalments do not bill the same goods twice. */
export function shareOf(claim: Claim): Rational {
  if (claim.invoicePayable.sign <= 0) return Rational.ONE;
  return Rational.min(Rational.ONE, claim.payable.over(claim.invoicePayable));
}
