import { defineProblem } from '../../kernel/problem.js';

export const messageUnwritable = defineProblem({
  code: 'MESSAGE_UNWRITABLE',
  status: 409,
  title: 'The message has no room for a value',
});

/** An element: its name, what is in it, and attributes. Absent children are left out. */
export interface Element {
  readonly name: string;
  readonly content: string | readonly (Element | undefined)[];
  readonly attributes?: Readonly<Record<string, string>>;
}

export const el = (name: string, ...content: (Element | undefined)[]): Element => ({ name, content });

/** Text of at most `most` characters: identifiers are never cut. Throws MESSAGE_UNWRITABLE. */
export function text(name: string, value: string, most: number): Element {
  if (value.length > most || value === '')
    throw messageUnwritable(`${name} takes 1 to ${most} characters`, { element: name, length: value.length });
  return { name, content: value };
}

/** A name for people, which may be cut. */
export const label = (name: string, value: string, most: number): Element =>
  text(name, value.slice(0, most).trim(), most);

export const money = (name: string, { amount, currency }: { amount: string; currency: string }): Element => ({
  name,
  content: amount,
  attributes: { Ccy: currency },
});

/** A whole document in the namespace of an ISO 20022 message, e.g. `pain.001.001.09`. */
export function isoDocument(message: string, root: Element): string {
  const document: Element = {
    name: 'Document',
    content: [root],
    attributes: { xmlns: `urn:iso:std:iso:20022:tech:xsd:${message}` },
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(document, '')}`;
}

function write({ name, content, attributes = {} }: Element, indent: string): string {
  const opening = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escape(value)}"`)].join(' ');
  if (typeof content === 'string') return `${indent}<${opening}>${escape(content)}</${name}>\n`;
  const children = content.flatMap((child) => (child ? [write(child, `${indent}  `)] : []));
  return `${indent}<${opening}>\n${children.join('')}${indent}</${name}>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(value: string): string {
  // Characters that XML 1.0 has no place for would make the whole message unreadable.
  return value
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (c) => ENTITIES[c]!);
}
