import { identityUnusable } from './unusable.js';

const FORMS: readonly RegExp[] = [
  /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?:[T ].*|Z|[+-]\d{2}:\d{2})?$/,
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  /^(?<y>\d{4})[/.](?<m>\d{1,2})[/.](?<d>\d{1,2})$/,
  /^(?<y>\d{4})年(?<m>\d{1,2})月(?<d>\d{1,2})日$/,
  /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
];

/**
 * A calendar date in any unambiguous form (ISO with or without time and zone, basic ISO, year first with slashes or
 * dots, 年月日, dotted day first) as `YYYY-MM-DD`. The day is the one written: a zone never moves it.
 * A form that could be read two ways (`01/02/2026`) or a day that does not exist is refused with DOCUMENT_IDENTITY_UNUSABLE.
 */
export function normaliseDate(date: string): string {
  const plain = date.normalize('NFKC').trim();
  for (const form of FORMS) {
    const parts = form.exec(plain)?.groups;
    if (!parts) continue;
    const iso = `${parts.y}-${parts.m!.padStart(2, '0')}-${parts.d!.padStart(2, '0')}`;
    const instant = new Date(`${iso}T00:00:00Z`);
    if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== iso) break;
    return iso;
  }
  throw identityUnusable('not one calendar date');
}
