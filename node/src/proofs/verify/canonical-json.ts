import { Unusable } from './unusable.js';

/** Deeper than any bundle; what is nested further is not parsed. */
const MAX_DEPTH = 24;

/**
 * JSON in the form of RFC 8785: members sorted by UTF-16 code units, no white space, strings and numbers as ECMAScript
 * writes them. Throws RangeError for what I-JSON does not have: lone surrogates, numbers that are not safe integers.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new RangeError('a lone surrogate');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError(`the number ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new RangeError(`a ${typeof value}`);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/**
 * What these bytes say, if they are JSON of at most `most` bytes. With `exact` they must be its canonical form, byte for
 * byte, so that repeated members, other spellings and anything behind it are refused. Throws {@link Unusable}.
 */
export function parseJson(bytes: Uint8Array, most: number, exact: boolean): unknown {
  if (bytes.length > most)
    throw new Unusable('TOO_LARGE', `The file has ${bytes.length} bytes; at most ${most} are read.`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unusable('NOT_JSON', 'The file is not UTF-8 text.');
  }
  requireShallow(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unusable('NOT_JSON', 'The file is not JSON: it is cut off, or another kind of file.');
  }
  if (exact && canonicalOf(value) !== text)
    throw new Unusable('NOT_CANONICAL', 'The file is not in its one form (RFC 8785): it was changed or re-written.');
  return value;
}

function canonicalOf(value: unknown): string | null {
  try {
    return canonicalJson(value);
  } catch {
    return null;
  }
}

/** Counted before anything is parsed, so that no depth can exhaust the stack. */
function requireShallow(bytes: Uint8Array): void {
  let [depth, quoted, escaped] = [0, false, false];
  for (const byte of bytes) {
    if (escaped) escaped = false;
    else if (quoted && byte === 0x5c) escaped = true;
    else if (byte === 0x22) quoted = !quoted;
    else if (!quoted && (byte === 0x5b || byte === 0x7b)) depth++;
    else if (!quoted && (byte === 0x5d || byte === 0x7d)) depth--;
    if (depth > MAX_DEPTH) throw new Unusable('TOO_DEEP', `The file is nested deeper than ${MAX_DEPTH}.`);
  }
}
