import { readFileSync } from 'node:fs';

const ORDER = readFileSync('samples/ubl/order.xml', 'utf8');
const JSON_ORDER = readFileSync('samples/json/order.json', 'utf8');

/** The sample order with `from` replaced, which must be in it. */
export function xmlOrder(from: string | RegExp = '', to = ''): string {
  const changed = ORDER.replace(from, to);
  if (from !== '' && changed === ORDER) throw new Error(`the sample has no ${String(from)}`);
  return changed;
}

/** The sample order as the body of a POST, its text with `from` replaced. */
export function jsonOrder(from = '', to = ''): string {
  const changed = JSON_ORDER.replace(from, to);
  if (from !== '' && changed === JSON_ORDER) throw new Error(`the sample has no ${from}`);
  return `{"document": ${changed}}`;
}

/** The sample order with a document type declaration, and `text` as a note in it. */
export function withDoctype(doctype: string, text: string): string {
  const declared = ORDER.replace(/\?>/, `?>\n<!DOCTYPE Order ${doctype}>`);
  return declared.replace(/(<cbc:Note>)[^<]*/, `$1${text}`);
}

const LAUGHS = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

export const BILLION_LAUGHS = withDoctype(`[<!ENTITY l0 "ha">${LAUGHS}]`, '&l9;');
export const FILE_ENTITY = withDoctype('[<!ENTITY f SYSTEM "file:///etc/passwd">]', '&f;');
export const PARAMETER_ENTITY = withDoctype('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]', 'x');
export const EXTERNAL_DTD = withDoctype('SYSTEM "http://127.0.0.1:9/order.dtd"', 'x');

/** XML nested `depth` levels inside the order. */
export const nested = (depth: number): string =>
  xmlOrder('<cac:Contract>', `${'<cac:Contract>'.repeat(depth)}${'</cac:Contract>'.repeat(depth)}<cac:Contract>`);

/** The order with so many notes. */
export const manyNotes = (count: number, length: number): string =>
  xmlOrder('<cbc:Note>', `${`<cbc:Note>${'n'.repeat(length)}</cbc:Note>`.repeat(count)}<cbc:Note>`);

/** The sample order cut off after each of `count` equal parts. */
export const truncated = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => ORDER.slice(0, Math.floor((ORDER.trimEnd().length * i) / count) + 1));

/** The sample invoice on the accepted order as the body of a POST, its text with `from` replaced. */
export function jsonInvoice(from = '', to = ''): string {
  const invoice = readFileSync('samples/json/invoice.json', 'utf8').replaceAll('PO-2026-0042', 'PO-2026-0042-A');
  const changed = invoice.replace(from, to);
  if (from !== '' && changed === invoice) throw new Error(`the sample has no ${from}`);
  return `{"document": ${changed}}`;
}
