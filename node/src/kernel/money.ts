import { canonicalDecimal } from './decimal.js';
import { MINOR_UNITS } from './currencies.js';
import { defineProblem } from './problem.js';

/** An amount as REST and rooms carry it: decimal text padded to the currency's minor unit, and its ISO 4217 code. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export const amountInvalid = defineProblem({
  code: 'AMOUNT_INVALID',
  status: 422,
  title: 'Not an amount of money that can be taken here',
  rule: '8',
});
const currencyUnknown = defineProblem({
  code: 'CURRENCY_UNKNOWN',
  status: 422,
  title: 'No currency of ISO 4217',
});
export const currencyMismatch = defineProblem({ code: 'CURRENCY_MISMATCH', status: 422, title: 'Another currency' });

/** Decimals of the currency's minor unit: 2 for EUR, 0 for JPY, 3 for BHD. Throws CURRENCY_UNKNOWN. */
export function minorUnits(currency: string): number {
  const digits = MINOR_UNITS.get(currency);
  if (digits === undefined) throw currencyUnknown(`${JSON.stringify(currency.slice(0, 12))} is no currency code`);
  return digits;
}

/**
 * Canonical amount: plain decimal padded to the minor unit. Digits finer than it stay (a unit price of 0.0125 EUR);
 * only zeros go. Throws AMOUNT_INVALID, CURRENCY_UNKNOWN.
 */
export function canonicalAmount(text: string, currency: string): string {
  const places = minorUnits(currency);
  try {
    return canonicalDecimal(text, places);
  } catch {
    throw amountInvalid(`${JSON.stringify(text.slice(0, 40))} is not a decimal amount`);
  }
}

/** The amount in minor units ("107.50" GBP: 10750n). Throws AMOUNT_INVALID when it is no decimal or finer than one. */
export function toMinorUnits(amount: string, currency: string): bigint {
  const text = canonicalAmount(amount, currency);
  const [whole = '', fraction = ''] = text.split('.');
  const places = minorUnits(currency);
  if (fraction.length > places)
    throw amountInvalid(`${text} is finer than the minor unit of ${currency}`, { currency });
  return BigInt(whole + fraction);
}

/** The decimal text of so many minor units (10750n GBP: "107.50"). Throws CURRENCY_UNKNOWN. */
export function fromMinorUnits(units: bigint, currency: string): string {
  const places = minorUnits(currency);
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const at = digits.length - places;
  return `${units < 0n ? '-' : ''}${digits.slice(0, at)}${places ? `.${digits.slice(at)}` : ''}`;
}

/**
 * Money that a client sent, for a payment, an advance or a debt: more than nothing and payable in whole minor units.
 * Throws AMOUNT_INVALID, CURRENCY_UNKNOWN, and CURRENCY_MISMATCH when `currency` is given and another.
 */
export function positiveMoney(money: Money, currency?: string): Money {
  if (currency !== undefined && money.currency !== currency) {
    throw currencyMismatch(`${money.currency} where ${currency} is due`, { expected: currency });
  }
  const units = toMinorUnits(money.amount, money.currency);
  if (units <= 0n) throw amountInvalid('the amount must be more than nothing');
  return { amount: fromMinorUnits(units, money.currency), currency: money.currency };
}
