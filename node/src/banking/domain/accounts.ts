import { defineProblem } from '../../kernel/problem.js';

export const accountInvalid = defineProblem({
  code: 'ACCOUNT_INVALID',
  status: 422,
  title: 'Not the number of a bank account',
});

const FORM = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** As accounts are compared: without spaces, in capitals. */
export const compactIban = (written: string): string => written.replace(/\s/g, '').toUpperCase();

/** The IBAN without spaces, in capitals. Throws ACCOUNT_INVALID when its form or its check digits are wrong. */
export function requireIban(written: string, field: string): string {
  const iban = compactIban(written);
  if (FORM.test(iban) && remainder(iban) === 1) return iban;
  throw accountInvalid(`${field} is no IBAN`, { field });
}

/** The one IBAN that an instruction in words names; undefined when there is none, or more than one. */
export function ibanIn(words: string): string | undefined {
  const found = new Set<string>();
  const compact = words.toUpperCase();
  for (const match of compact.matchAll(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/g)) {
    // Words may follow the number: the longest part that checks out is meant.
    for (let part = match[0].trim(); part.length > 14; part = part.slice(0, -1).trim()) {
      const iban = part.replace(/ /g, '');
      if (!FORM.test(iban) || remainder(iban) !== 1) continue;
      found.add(iban);
      break;
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
}

/** ISO 13616: of the number with its first four characters at the end, letters written as 10 to 35, by 97. */
function remainder(iban: string): number {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (c) => String(c.charCodeAt(0) - 55));
  return Number(BigInt(digits) % 97n);
}
