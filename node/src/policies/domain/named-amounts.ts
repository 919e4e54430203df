import { canonicalDecimal, canonicalJsonNumber } from '../../kernel/decimal.js';
import type { Money } from '../../kernel/money.js';

const NAMES = new Set(['amount', 'advance', 'requested']);
const DEEPEST = 8;

/** Amounts that a command's JSON body names, with `currency` where it names none; none of what is no amount. */
export function namedAmounts(body: unknown, currency: string | undefined, depth = 0): Money[] {
  if (typeof body !== 'object' || body === null || depth > DEEPEST) return [];
  if (Array.isArray(body)) return body.flatMap((item) => namedAmounts(item, currency, depth + 1));
  const own = 'currency' in body && typeof body.currency === 'string' ? body.currency : currency;
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    const amount = NAMES.has(name) ? decimalOf(value) : undefined;
    if (amount !== undefined) return own === undefined ? [] : [{ amount, currency: own }];
    return namedAmounts(value, own, depth + 1);
  });
}

/** A decimal in any of the spellings that commands take (" +007.50"), in the one that can be computed with. */
function decimalOf(value: unknown): string | undefined {
  try {
    if (typeof value === 'number') return canonicalJsonNumber(String(value));
    return typeof value === 'string' ? canonicalDecimal(value) : undefined;
  } catch {
    return undefined;
  }
}
