import type { Field } from '../commitment/field.js';
import { canonicalText, pointerToken } from '../source/text.js';

/** What can be written as fields. Numbers are whole ones; decimals and amounts are text in their canonical form. */
export type Plain =
  string | number | boolean | undefined | null | readonly Plain[] | { readonly [name: string]: Plain };

/**
 * Canonical fields of a value that this node made itself, below `prefix`: what is undefined or null has none, an array
 * has its length as `<array>/-`. Throws DOCUMENT_TEXT_INVALID; RangeError for a number that is not a whole one.
 */
export function flatten(value: Plain, prefix = ''): Field[] {
  const fields: Field[] = [];
  collect(value, prefix, fields);
  return fields;
}

function collect(value: Plain, path: string, into: Field[]): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object') {
    into.push({ path, value: scalar(value) });
  } else if (isList(value)) {
    into.push({ path: `${path}/-`, value: String(value.length) });
    value.forEach((item, i) => collect(item, `${path}/${i}`, into));
  } else {
    for (const [name, member] of Object.entries(value)) collect(member, `${path}/${pointerToken(name)}`, into);
  }
}

function scalar(value: string | number | boolean): string {
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError(`${value} is not a whole number: write decimals as text`);
  }
  return String(value);
}

function isList(value: object): value is readonly Plain[] {
  return Array.isArray(value);
}
