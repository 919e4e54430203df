import type { IncomingHttpHeaders } from 'node:http';
import {
  type DocumentKind,
  documentOf,
  importDocument,
  type ModelOf,
  type TradeDocument,
} from '../../documents/index.js';
import { requestInvalid } from '../../errors/index.js';

/** A request's body as it came: raw bytes, and parsed when it is JSON. */
export interface IncomingBody {
  readonly raw: Buffer | undefined;
  readonly parsed: unknown;
  readonly headers: IncomingHttpHeaders;
}

const mediaTypeOf = ({ headers }: IncomingBody): string => headers['content-type'] ?? '';
const isPlainJson = (mediaType: string): boolean => /^application\/json\b/i.test(mediaType);

/**
 * The document that a write carries: the whole body, or the member `document` of a JSON body, byte for byte. Undefined
 * when a JSON body, or an empty one, has none. Throws what importing throws; DOCUMENT_KIND_MISMATCH for another kind.
 */
export function incomingDocument<K extends DocumentKind>(
  body: IncomingBody,
  expected: K,
  ...others: K[]
): TradeDocument<ModelOf<K>> | undefined {
  const mediaType = mediaTypeOf(body);
  if (!body.raw?.length) return undefined;
  if (!isPlainJson(mediaType)) return documentOf(importDocument(body.raw, mediaType), expected, ...others);
  if (!hasDocument(body.parsed)) return undefined;
  const kind = others.length === 0 ? expected : undefined;
  return documentOf(importDocument(body.raw, mediaType, { kind, member: 'document' }), expected, ...others);
}

/** The same where there must be one. Throws REQUEST_INVALID without. */
export function requiredDocument<K extends DocumentKind>(body: IncomingBody, kind: K): TradeDocument<ModelOf<K>> {
  const document = incomingDocument(body, kind);
  if (!document) throw requestInvalid('send the document itself as XML, or as JSON {"document": ...}');
  return document;
}

function hasDocument(parsed: unknown): boolean {
  return typeof parsed === 'object' && parsed !== null && 'document' in parsed && parsed.document !== undefined;
}
