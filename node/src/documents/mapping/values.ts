import { canonicalDecimal, canonicalJsonNumber, decimalInvalid } from '../../kernel/decimal.js';
import { amountInvalid, canonicalAmount, currencyMismatch, minorUnits } from '../../kernel/money.js';
import { fieldInvalid, fieldMissing } from '../source/problems.js';
import type { SourceNode } from '../source/source-node.js';

/** A value by the path of single members, or undefined. Throws DOCUMENT_REPEATED_KEY where a step occurs twice. */
export function at(node: SourceNode | undefined, ...path: string[]): SourceNode | undefined {
  return path.reduce((from, name) => from?.one(name), node);
}

/** Marks the node as carried by a field when `emitted` is all that it says. */
export function carry(node: SourceNode, emitted: string): string {
  if (emitted === node.value || node.number !== undefined) node.used = true;
  return emitted;
}

/** Trimmed text; undefined when absent or blank. */
export function text(node: SourceNode | undefined): string | undefined {
  const value = node?.value?.trim();
  return node && value ? carry(node, value) : undefined;
}

/** The texts of these nodes without blanks and repeats. */
export function texts(nodes: Iterable<SourceNode | undefined>): string[] {
  return [...new Set([...nodes].map(text).filter((value) => value !== undefined))];
}

/** UNCL1001: to pay for goods or services in advance, to be taken off the final invoice. */
const PREPAYMENT_INVOICE = '386';

/** Whether a code of an invoice's type says that it bills a prepayment; the code stays a value of the source's own. */
export function ofPrepayment(node: SourceNode | undefined): true | undefined {
  return peek(node, text) === PREPAYMENT_INVOICE ? true : undefined;
}

/** What the document's kind must have. Throws DOCUMENT_FIELD_MISSING. */
export function required<T>(value: T | undefined, pointer: string): T {
  if (value === undefined) throw fieldMissing(`the document has no ${pointer}`, { pointer });
  return value;
}

/** A list that must not be empty. Throws DOCUMENT_FIELD_MISSING. */
export function someOf<T>(list: readonly T[], pointer: string): readonly T[] {
  return required(list.length > 0 ? list : undefined, pointer);
}

/** What `read` makes of the node; what no field carried before stays a value of the source's own, what one did does not come back. */
export function peek<T>(node: SourceNode | undefined, read: (node: SourceNode | undefined) => T): T {
  // Of an object for money it is the member that is read.
  const values = node ? [node, ...node.all('amount')] : [];
  const used = values.map((each) => each.used);
  const value = read(node);
  values.forEach((each, i) => (each.used = used[i]!));
  return value;
}

/**
 * A calendar date, YYYY-MM-DD. A zone, which XML Schema allows behind it, stays in the source alone.
 * Throws DOCUMENT_FIELD_INVALID.
 */
export function date(node: SourceNode | undefined): string | undefined {
  const value = node?.value?.trim();
  if (!node || !value) return undefined;
  const day = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/.exec(value)?.[1];
  const time = day === undefined ? NaN : Date.parse(`${day}T00:00:00Z`);
  if (day === undefined || Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) {
    throw fieldInvalid(`${node.pointer} is no date`, { pointer: node.pointer });
  }
  return carry(node, day);
}

/** A quantity or rate: plain decimal without trailing zeros. Throws DECIMAL_INVALID. */
export function decimal(node: SourceNode | undefined): string | undefined {
  if (!node?.value) return undefined;
  try {
    const value = decimalText(node);
    node.used = true;
    return value;
  } catch {
    throw decimalInvalid(`${node.pointer} is no decimal number`, { pointer: node.pointer });
  }
}

/**
 * An amount padded to the minor unit of the document's currency, from an XML amount, a JSON number or text, or a money
 * object. Throws AMOUNT_INVALID, CURRENCY_MISMATCH when it is marked with another currency, DOCUMENT_FIELD_MISSING when
 * the document has none.
 */
export function amount(node: SourceNode | undefined, currency: string | undefined): string | undefined {
  if (!node) return undefined;
  const mark = currencyMark(node);
  if (mark && mark.value !== currency) {
    const detail = `${node.pointer} is in ${mark.value}, the document in ${currency}`;
    throw currencyMismatch(detail, { pointer: node.pointer, expected: currency });
  }
  const number = node.value === undefined ? node.one('amount') : node;
  if (!number?.value) return undefined;
  const code = required(currency, '/currency');
  try {
    const value = canonicalAmount(decimalText(number), code);
    number.used = true;
    if (mark) mark.used = true;
    return value;
  } catch {
    throw amountInvalid(`${node.pointer} is no decimal amount`, { pointer: node.pointer });
  }
}

/** The first of these that there is, as a currency code. Throws CURRENCY_UNKNOWN. */
export function currencyCode(...values: (string | undefined)[]): string | undefined {
  const code = values.find((value) => value !== undefined);
  if (code !== undefined) minorUnits(code);
  return code;
}

/** The currency with which an amount is marked: XML's currencyID, or the member of a money object. */
export function currencyMark(node: SourceNode | undefined): SourceNode | undefined {
  return node?.one('@currencyID') ?? node?.one('currency');
}

function decimalText(node: SourceNode): string {
  return node.number === undefined ? canonicalDecimal(node.value!) : canonicalJsonNumber(node.number);
}
