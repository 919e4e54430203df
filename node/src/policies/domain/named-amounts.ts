import type { Money } from '../../kernel/money.js';

const NAMES = new Set(['amount', 'advance', 'requested']);
const DECIMAL = /^-?\d{1,40}(\.\d{1,20})?$/;
const DEEPEST = 8;

/** Amounts that a command's JSON body names, with `currency` where it names none; none of what is no amount. */
export function namedAmounts(body: unknown, currency: string | undefined, depth = 0): Money[] {
  if (typeof body !== 'object' || body === null || depth > DEEPEST) return [];
  if (Array.isArray(body)) return body.flatMap((item) => namedAmounts(item, currency, depth + 1));
  const own = 'currency' in body && typeof body.currency === 'string' ? body.currency : currency;
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (NAMES.has(name) && typeof text === 'string' && DECIMAL.test(text)) {
      return own === undefined ? [] : [{ amount: text, currency: own }];
    }
    return namedAmounts(value, own, depth + 1);
  });
}
