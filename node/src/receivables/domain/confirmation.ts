import { defineProblem } from '../../kernel/problem.js';
import { type Rational } from '../../kernel/rational.js';

const confirmationExceedsCover = defineProblem({
  code: 'CONFIRMATION_EXCEEDS_COVER',
  status: 409,
  title: 'More would be confirmed than was received and accepted',
  rule: '5',
});
const confirmationExceedsInvoice = defineProblem({
  code: 'CONFIRMATION_EXCEEDS_INVOICE',
  status: 422,
  title: 'More would be confirmed than is payable',
});

export interface ConfirmationFacts {
  /** By the invoice or its instalment. */
  readonly payable: Rational;
  /** Cover of the claim by goods, as if confirmed now; undefined when the obligor says `withoutReceipt`. */
  readonly cover: Rational | undefined;
  /** What the obligor means to confirm. */
  readonly amount: Rational;
  readonly currency: string;
  readonly minorDigits: number;
}

/**
 * Refuses a confirmation of more than is payable (CONFIRMATION_EXCEEDS_INVOICE), and, unless it says `withoutReceipt`, of
 * more than was received and accepted (CONFIRMATION_EXCEEDS_COVER): each names by how much.
 */
export function requireConfirmable(facts: ConfirmationFacts): void {
  const { payable, cover, amount } = facts;
  if (amount.compare(payable) > 0) throw confirmationExceedsInvoice(...excess(facts, 'payable', payable));
  if (cover && amount.compare(cover) > 0) throw confirmationExceedsCover(...excess(facts, 'covered', cover));
}

function excess(facts: ConfirmationFacts, name: string, limit: Rational): [string, Record<string, unknown>] {
  const { amount, currency, minorDigits } = facts;
  const text = (figure: Rational): string => figure.toFixed(minorDigits);
  const by = text(amount.minus(limit));
  return [
    `${text(amount)} ${currency} is ${by} ${currency} more than is ${name}, ${text(limit)} ${currency}`,
    { amount: text(amount), [name]: text(limit), exceedsBy: by, currency },
  ];
}
