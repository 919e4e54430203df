import { requestInvalid } from '../../errors/index.js';
import { bodyText } from '../../http/index.js';
import { splitJson } from '../../documents/http/index.js';
import type { ItemText } from '../domain/read-items.js';

/** Most items of one request. */
export const MOST_ITEMS = 10_000;

/** The items of a request, each as it was sent. Throws REQUEST_INVALID for none or too many, REQUEST_MALFORMED for no UTF-8. */
export function incomingItems(body: Buffer | undefined, mediaType: string): ItemText[] {
  const text = bodyText(body);
  const items = /ndjson/i.test(mediaType)
    ? byLine(text)
    : splitJson(text, false).map((each) => ({ text: each.trim() }));
  if (items.length === 0) throw requestInvalid('no item is in the body');
  if (items.length > MOST_ITEMS) {
    throw requestInvalid(`${items.length} items, ${MOST_ITEMS} are taken at once`, { most: MOST_ITEMS });
  }
  return items.map((each, item) => ({ item, ...each }));
}

function byLine(text: string): { text: string; line: number }[] {
  const lines = text.split('\n').map((line, i) => ({ text: line.trim(), line: i + 1 }));
  return lines.filter((line) => line.text !== '');
}
