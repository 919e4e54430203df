import { textInvalid } from './problems.js';

/** ASCII without control characters is its own canonical form: nearly all text. */
const PLAIN = /^[ -~]*$/;

/**
 * Canonical text: Unicode NFC, line ends LF. Throws DOCUMENT_TEXT_INVALID for a lone surrogate, which has no UTF-8 form,
 * and for U+0000, which PostgreSQL cannot keep.
 */
export function canonicalText(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!text.isWellFormed()) throw textInvalid('the text has a lone surrogate');
  if (text.includes('\0')) throw textInvalid('the text has a U+0000');
  return (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).normalize('NFC');
}

const SPECIAL = /[~/]/;

/** A JSON Pointer's reference token (RFC 6901). */
export function pointerToken(name: string): string {
  return SPECIAL.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}
