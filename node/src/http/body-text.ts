import { requestMalformed } from '../errors/index.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body as text, without a byte order mark at its start. Throws REQUEST_MALFORMED for what is not UTF-8. */
export function bodyText(body: Uint8Array | undefined): string {
  try {
    return utf8.decode(body);
  } catch {
    throw requestMalformed('the body is not UTF-8');
  }
}
