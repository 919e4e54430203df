import { defineProblem } from './problem.js';

export const decimalInvalid = defineProblem({ code: 'DECIMAL_INVALID', status: 422, title: 'Not a decimal number' });

const XML_DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const JSON_NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Digits before and after the point: beyond what trade needs, below what would be a burden to compute with. */
const MAX_DIGITS = 60;

/**
 * The canonical text of a decimal as XML Schema writes it ("+007.50", ".5"): plain, no plus sign or leading zeros, no
 * trailing zeros after the point beyond the first `places`, which are padded. Never through a double.
 * Throws DECIMAL_INVALID for an exponent, a comma, no digits or more than 60 of them on a side.
 */
export function canonicalDecimal(text: string, places = 0): string {
  const [match, sign, whole = '', fraction = ''] = XML_DECIMAL.exec(text.trim()) ?? [];
  if (match === undefined || whole + fraction === '') throw refused(text);
  return plain(text, sign === '-', whole, fraction, places);
}

/** The same from the source text of a JSON number, whose exponent is written out. Throws DECIMAL_INVALID. */
export function canonicalJsonNumber(source: string, places = 0): string {
  const [match, sign, whole = '', fraction = '', exponent = '0'] = JSON_NUMBER.exec(source) ?? [];
  if (match === undefined) throw refused(source);
  const shift = Number(exponent);
  if (Math.abs(shift) > MAX_DIGITS) throw refused(source);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = digits.padStart(digits.length - Math.min(point, 0), '0').padEnd(point, '0');
  const at = Math.max(point, 0);
  return plain(source, sign === '-', padded.slice(0, at), padded.slice(at), places);
}

function plain(source: string, negative: boolean, whole: string, fraction: string, places: number): string {
  const integer = whole.replace(/^0+/, '') || '0';
  const decimals = fraction.replace(/0+$/, '').padEnd(places, '0');
  if (integer.length > MAX_DIGITS || decimals.length > MAX_DIGITS) throw refused(source);
  const text = decimals === '' ? integer : `${integer}.${decimals}`;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

function refused(text: string) {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return decimalInvalid(`${JSON.stringify(shown)} is not a decimal number of at most ${MAX_DIGITS} digits a side`);
}
