import { defineProblem } from '../../kernel/problem.js';
import { IBAN_LENGTHS } from './iban-lengths.js';

export const accountInvalid = defineProblem({
  code: 'ACCOUNT_INVALID',
  status: 422,
  title: 'Not the number of a bank account',
});

/** As accounts are compared: without spaces, in capitals. */
export const compactIban = (written: string): string => written.replace(/\s/g, '').toUpperCase();

/** The IBAN without spaces, in capitals. Throws ACCOUNT_INVALID when its form, its country's length or its check digits are wrong. */
export function requireIban(written: string, field: string): string {
  const iban = compactIban(written);
  if (ibanAt(iban, 0) === iban) return iban;
  throw accountInvalid(`${field} is no IBAN`, { field });
}

/** The one IBAN that an instruction in words names; undefined when there is none, or more than one. */
export function ibanIn(words: string): string | undefined {
  const capitals = words.toUpperCase();
  const starts = [...capitals.matchAll(/\b[A-Z]{2}\d{2}/g)];
  const found = new Set(starts.map(({ index }) => ibanAt(capitals, index)).filter((iban) => iban !== undefined));
  return found.size === 1 ? [...found][0] : undefined;
}

/**
 * The IBAN that begins at a place, as long as its country's are: words that follow it check out as a longer one now and then. Single
 * spaces may stand between its characters.
 */
function ibanAt(capitals: string, start: number): string | undefined {
  const length = IBAN_LENGTHS.get(capitals.slice(start, start + 2));
  if (length === undefined) return undefined;
  const form = new RegExp(`^[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){${length - 4}}(?![A-Z0-9])`);
  const iban = form.exec(capitals.slice(start))?.[0].replaceAll(' ', '');
  return iban !== undefined && remainder(iban) === 1 ? iban : undefined;
}

/** ISO 13616: of the number with its first four characters at the end, letters written as 10 to 35, by 97. */
function remainder(iban: string): number {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (c) => String(c.charCodeAt(0) - 55));
  return Number(BigInt(digits) % 97n);
}
