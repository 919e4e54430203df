import { type Item, unfit } from '../item.js';
import { type Line, linesOf } from './lines.js';

/** Longest order that is sent: well below what a node takes in one request. */
export const MOST_BYTES = 2 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Orders, one a line: `{supplier?, document, expiresAt?}`, or the document itself. Texts are passed on as they are, since parsing and
 * printing would change numbers. `supplier` is for lines that name none.
 */
export async function* ndjsonItems(chunks: AsyncIterable<Buffer>, supplier?: string): AsyncGenerator<Item> {
  for await (const line of linesOf(chunks, MOST_BYTES)) {
    const item = itemOf(line, supplier);
    if (item) yield item;
  }
}

function itemOf({ number, bytes }: Line, supplier: string | undefined): Item | undefined {
  const place = `line ${number}`;
  if (!bytes) return unfit(place, 'LINE_TOO_LONG', `it has more than ${MOST_BYTES} bytes`, { most: MOST_BYTES });
  const text = textOf(bytes, number);
  if (text === undefined) return unfit(place, 'LINE_NOT_UTF8', 'it is not UTF-8');
  if (text === '') return undefined;
  const value = parsed(text);
  if (!value) return unfit(place, 'LINE_MALFORMED', 'it is no JSON object; was the file cut off?');
  const bare = !('document' in value) && !('xml' in value);
  if (!bare && 'supplier' in value) return { place, text };
  if (supplier === undefined) return unfit(place, 'SUPPLIER_MISSING', 'it names no supplier, nor does --supplier');
  const named = `{"supplier":${JSON.stringify(supplier)},`;
  return { place, text: bare ? `${named}"document":${text}}` : named + text.slice(1) };
}

function textOf(bytes: Buffer, number: number): string | undefined {
  try {
    const text = utf8.decode(bytes);
    return (number === 1 ? text.replace(/^\ufeff/, '') : text).trim();
  } catch {
    return undefined;
  }
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
