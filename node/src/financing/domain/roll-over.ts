import { hashWords } from '../../kernel/abi-words.js';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits, type Money } from '../../kernel/money.js';
import { defineProblem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';

export const rollOverInvalid = defineProblem({
  code: 'ROLL_OVER_INVALID',
  status: 409,
  title:
    'Only a disbursed financing of an order is taken over, by its own lender, to a receivable born from that order',
  rule: '1',
});
const rollOverTooSmall = defineProblem({
  code: 'ROLL_OVER_TOO_SMALL',
  status: 409,
  title: 'The advance does not pay off what is owed on the order’s financing',
  rule: '8',
});

/** `details` of the holder's and the lender's consents to ROLL_OVER; `reserve` is what they would be to RESERVE. */
export const rollOverDetails = (order: Hex, reserve: Hex): Hex => hashWords(order, reserve);

/** `details` of the consents to ROLL_OVER of lenders with claims on the receivable's orders. */
export const yieldedDetails = (receivable: Hex, order: Hex, reserve: Hex): Hex => hashWords(receivable, order, reserve);

/** Refuses with ROLL_OVER_TOO_SMALL, naming by how much, an advance that leaves something of the order's financing open. */
export function requirePaysOff({ amount, currency }: Money, owed: Rational): void {
  const short = owed.minus(Rational.parse(amount));
  if (short.sign <= 0) return;
  const digits = minorUnits(currency);
  const [owes, fallsShortBy] = [owed.toFixed(digits), short.toFixed(digits)];
  throw rollOverTooSmall(`${amount} ${currency} is ${fallsShortBy} less than the ${owes} that are owed`, {
    advance: amount,
    owed: owes,
    fallsShortBy,
    currency,
  });
}
