import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { Problem } from '../../kernel/problem.js';
import { paymentUnknown } from '../domain/problems.js';
import type { SaidPayment } from '../queries/statements.js';

/** The claim of this number, while it waits for its answer. Throws PAYMENT_UNKNOWN, PAYMENT_NOT_CLAIMED. */
export function openPayment(payments: readonly SaidPayment[], receivable: Hex, n: number): SaidPayment {
  const payment = payments.find(({ entry }) => entry === n);
  if (!payment) throw paymentUnknown(`no payment has the number ${n}`, { receivable, n });
  if (payment.acknowledged) throw notClaimed('acknowledged', receivable, n);
  if (payment.withdrawn) throw notClaimed('withdrawn', receivable, n);
  return payment;
}

export function notClaimed(how: 'acknowledged' | 'withdrawn', receivable: Hex, index: number): Problem {
  return CONTRACT_PROBLEMS.PaymentNotClaimed(`the payment was ${how} before`, { receivable, index });
}
