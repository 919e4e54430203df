import { positiveMoney } from '../../../kernel/money.js';
import { Problem } from '../../../kernel/problem.js';
import { Rational } from '../../../kernel/rational.js';
import type { DocumentFields } from './document-fields.js';

const DECIMAL = /^-?(?:0|[1-9]\d{0,59})(?:\.\d{1,60})?$/;

/*
 * Another member may have committed to anything: fields that were disclosed passed no import of this node. A figure that
 * or a date that cannot be read counts as one that was not shown, so that nobody breaks what others read.
 */

/** Whether it is a plain decimal of at most 60 digits a side, or not there at all. */
export const isFigure = (text: string | undefined): boolean => text === undefined || DECIMAL.test(text);

/** Whether it is a known currency's canonical amount, more than nothing and of whole minor units. */
export function isMoney(amount: string, currency: string): boolean {
  if (!DECIMAL.test(amount)) return false;
  try {
    return positiveMoney({ amount, currency }).amount === amount;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** Whether it is a day that there is, YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What a document's `/amount` says, if it is a decimal above nothing. */
export function amountOf(fields: DocumentFields | undefined): string | undefined {
  const amount = fields?.get('/amount');
  return amount !== undefined && DECIMAL.test(amount) && Rational.parse(amount).sign > 0 ? amount : undefined;
}

/**
 * The same, if it is money of this currency. Whoever commits to an amount commits to its currency: where that is not shown it may be
 * another, and the amount counts as not shown.
 */
export function amountIn(fields: DocumentFields | undefined, currency: string): string | undefined {
  const amount = amountOf(fields);
  if (amount === undefined || fields?.get('/currency') !== currency) return undefined;
  return isMoney(amount, currency) ? amount : undefined;
}

/** Whether what is shown of a document says already that it names no money of this currency. */
export function isNoMoneyOf(fields: DocumentFields | undefined, currency: string): boolean {
  const [amount, named] = ['/amount', '/currency'].map((path) => fields?.get(path));
  return (named ?? currency) !== currency || (amount !== undefined && !isMoney(amount, currency));
}
