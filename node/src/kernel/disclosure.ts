import { isHex, toBytes, toHex, type Hex } from './hex.js';
import { fieldLeaf, multiproofRoot } from './merkle.js';

/** One leaf of a document: an RFC 6901 pointer and its canonical value (docs/spec/canonical-form.md). */
export interface Field {
  readonly path: string;
  readonly value: string;
}

export interface DisclosedField extends Field {
  readonly salt: Hex;
}

/**
 * A chosen part of a document's fields with the proof that they are in its commitment. There is one form only: fields in
 * the order of their leaves (ascending), lower-case hex, no other members.
 */
export interface Disclosure {
  readonly fields: readonly DisclosedField[];
  readonly proof: readonly Hex[];
  readonly flags: readonly boolean[];
}

export type DisclosureVerdict =
  | { readonly valid: true; readonly fields: ReadonlyMap<string, string> }
  | {
      readonly valid: false;
      readonly code: 'DISCLOSURE_MALFORMED' | 'DISCLOSURE_MISMATCH' | 'DISCLOSURE_INCONSISTENT';
      readonly message: string;
    };

/** Far beyond any document; what is larger is not looked at. */
const MAX_ITEMS = 65_536;
/** Characters of a field's path: no import makes a longer one, and a regular expression cannot be run over one of millions. */
export const MAX_PATH = 2_048;
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** Frozen disclosures with the root that they were found to open, null until they were hashed: hashing them again would show nothing new. */
const hashed = new WeakMap<Disclosure, Hex | null>();

/** Gives the disclosure, which was cut from the whole tree of `root`, frozen; {@link verifyDisclosure} knows it again. */
export function cutFrom(root: Hex, { fields, proof, flags }: Disclosure): Disclosure {
  return frozen({ fields, proof, flags }, root);
}

/** Freezes a disclosure that is kept and verified again and again: {@link verifyDisclosure} hashes it the first time only. */
export function frozen(disclosure: Disclosure, root: Hex | null = null): Disclosure {
  for (const field of disclosure.fields) Object.freeze(field);
  Object.values(disclosure).forEach((member) => Object.freeze(member));
  hashed.set(Object.freeze(disclosure), root);
  return disclosure;
}

/**
 * Whether these fields open the commitment `root`. Pure: needs neither node nor network. It shows that each field is in
 * the document, not that a neighbour is not: for whole arrays see {@link wholeArray}.
 */
export function verifyDisclosure(disclosure: unknown, root: Hex): DisclosureVerdict {
  const known = hashed.get(disclosure as Disclosure);
  if (!known && !isDisclosure(disclosure)) return invalid('MALFORMED', 'not a disclosure in its one form');
  const { fields: shown } = disclosure as Disclosure;
  const reached = known ?? rootOf(disclosure as Disclosure);
  if (known === null) hashed.set(disclosure as Disclosure, reached);
  if (reached !== root) return invalid('MISMATCH', 'the fields do not open the commitment');
  const fields = new Map(shown.map(({ path, value }) => [path, value]));
  if (fields.size !== shown.length) return invalid('INCONSISTENT', 'a path occurs twice');
  const surplus = beyondLength(fields);
  return surplus === undefined ? { valid: true, fields } : invalid('INCONSISTENT', `${surplus} is beyond its array`);
}

/**
 * The elements of an array that is disclosed as a whole, each as its fields by their paths within it; null unless its
 * length and at least one field of every element are among the fields. What an element has beside those is not shown: an
 * absent field may be withheld (lines say in `has` what they have).
 */
export function wholeArray(fields: ReadonlyMap<string, string>, pointer: string): Map<string, string>[] | null {
  const length = fields.get(`${pointer}/-`);
  // An element has a field at least: a length that a stranger committed to makes no more elements than it showed fields.
  if (length === undefined || !/^\d{1,6}$/.test(length) || Number(length) > fields.size) return null;
  const elements = Array.from({ length: Number(length) }, () => new Map<string, string>());
  for (const [path, value] of fields) {
    if (!path.startsWith(`${pointer}/`)) continue;
    const index = /^\d+/.exec(path.slice(pointer.length + 1))?.[0];
    if (index === undefined) continue;
    elements[Number(index)]?.set(path.slice(pointer.length + 1 + index.length), value);
  }
  return elements.every(({ size }) => size > 0) ? elements : null;
}

function rootOf({ fields, proof, flags }: Disclosure): Hex | null {
  const leaves = fields.map(({ salt, path, value }) => fieldLeaf(toBytes(salt), path, value));
  const reached = multiproofRoot({ leaves, proof: proof.map(toBytes), flags });
  return reached && toHex(reached);
}

function invalid(code: 'MALFORMED' | 'MISMATCH' | 'INCONSISTENT', message: string): DisclosureVerdict {
  return { valid: false, code: `DISCLOSURE_${code}`, message };
}

/** Slashes of a path at which an array can be looked for: no import takes what is nested deeper. A long path costs no more than these. */
const MAX_DEPTH = 64;
const INDEX = /^(?:0|[1-9]\d*)$/;

/**
 * A disclosed element at or beyond its array's disclosed length, or with an index that is written otherwise (`00` beside `0`, which two
 * readers may take for one): no honest maker commits to both.
 */
function beyondLength(fields: ReadonlyMap<string, string>): string | undefined {
  const lengths = new Map<string, number>();
  for (const [path, value] of fields) if (path.endsWith('/-')) lengths.set(path.slice(0, -2), Number(value));
  if (lengths.size === 0) return undefined;
  for (const path of fields.keys()) {
    let at = path.indexOf('/');
    for (let depth = 0; at >= 0 && depth < MAX_DEPTH; depth++) {
      const next = path.indexOf('/', at + 1);
      const length = isDigit(path.charCodeAt(at + 1)) ? lengths.get(path.slice(0, at)) : undefined;
      const token = length === undefined ? '' : path.slice(at + 1, next < 0 ? undefined : next);
      if (/^\d+$/.test(token) && !(INDEX.test(token) && Number(token) < length!)) return path;
      at = next;
    }
  }
  return undefined;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

function isDisclosure(value: unknown): value is Disclosure {
  if (!hasMembers(value, ['fields', 'proof', 'flags'])) return false;
  const { fields, proof, flags } = value as unknown as Disclosure;
  return (
    isList(fields, isDisclosedField) &&
    isList(proof, (item) => isHex(item, 32)) &&
    isList(flags, (item) => typeof item === 'boolean')
  );
}

function isDisclosedField(field: unknown): boolean {
  if (!hasMembers(field, ['path', 'value', 'salt'])) return false;
  return isHex(field['salt'], 32) && isPath(field['path']) && isText(field['value']);
}

function isPath(value: unknown): boolean {
  return isText(value) && value.length <= MAX_PATH && POINTER.test(value);
}

/** Text that UTF-8 can write: a lone surrogate would be hashed as another character. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed();
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isItem);
}

function hasMembers(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === names.length && names.every((name) => keys.includes(name));
}
