import type { FastifyRequest } from 'fastify';
import {
  type DocumentKind,
  documentOf,
  importDocument,
  type ModelOf,
  type TradeDocument,
} from '../../documents/index.js';
import { requestInvalid } from '../../errors/index.js';
import '../../http/request.js';

const isPlainJson = (mediaType: string): boolean => /^application\/json\b/i.test(mediaType);

/**
 * The document that a write carries: the whole body, or the member `document` of a JSON body, byte for byte. Undefined
 * when a JSON body, or an empty one, has none. Throws what importing throws; DOCUMENT_KIND_MISMATCH for another kind.
 */
export function incomingDocument<K extends DocumentKind>(
  request: FastifyRequest,
  ...kinds: [K, ...K[]]
): TradeDocument<ModelOf<K>> | undefined {
  const { rawBody } = request;
  const mediaType = request.headers['content-type'] ?? '';
  if (!rawBody?.length) return undefined;
  if (!isPlainJson(mediaType)) return documentOf(importDocument(rawBody, mediaType), ...kinds);
  if (!hasDocument(request.body)) return undefined;
  // Plain JSON need not name its kind where only one is possible.
  const kind = kinds.length === 1 ? kinds[0] : undefined;
  return documentOf(importDocument(rawBody, mediaType, { kind, member: 'document' }), ...kinds);
}

/** The same where there must be one. Throws REQUEST_INVALID without. */
export function requiredDocument<K extends DocumentKind>(request: FastifyRequest, kind: K): TradeDocument<ModelOf<K>> {
  const document = incomingDocument(request, kind);
  if (!document) throw requestInvalid('send the document itself as XML, or as JSON {"document": ...}');
  return document;
}

function hasDocument(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'document' in body && body.document != null;
}
