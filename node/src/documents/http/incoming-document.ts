import type { FastifyRequest } from 'fastify';
import { type DocumentKind, documentOf, importDocument, type ModelOf, type TradeDocument } from '../index.js';
import { requestInvalid } from '../../errors/index.js';
import '../../http/request.js';

const isPlainJson = (mediaType: string): boolean => /^application\/json\b/i.test(mediaType);

/**
 * The document that a write carries: the whole body, or the member `document` of a JSON body, byte for byte; plain JSON
 * that names no kind is of the first one given. Undefined when a JSON body, or an empty one, has none. Throws what importing throws; DOCUMENT_KIND_MISMATCH for another kind.
 */
export function incomingDocument<K extends DocumentKind>(
  request: Pick<FastifyRequest, 'body' | 'headers' | 'rawBody'>,
  ...kinds: [K, ...K[]]
): TradeDocument<ModelOf<K>> | undefined {
  const { rawBody } = request;
  const mediaType = request.headers['content-type'] ?? '';
  if (!rawBody?.length) return undefined;
  if (!isPlainJson(mediaType)) return documentOf(importDocument(rawBody, mediaType), ...kinds);
  const given = documentIn(request.body);
  if (given === undefined) return undefined;
  return documentOf(
    importDocument(rawBody, mediaType, { kind: namesItself(given) ? undefined : kinds[0], member: 'document' }),
    ...kinds,
  );
}

/** The same where there must be one. Throws REQUEST_INVALID without. */
export function requiredDocument<K extends DocumentKind>(
  request: FastifyRequest,
  ...kinds: [K, ...K[]]
): TradeDocument<ModelOf<K>> {
  const document = incomingDocument(request, ...kinds);
  if (!document) throw requestInvalid('send the document itself as XML, or as JSON {"document": ...}');
  return document;
}

function documentIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'document' in body ? (body.document ?? undefined) : undefined;
}

/** Whether plain JSON says of what kind it is, or is JSON-LD. */
function namesItself(document: unknown): boolean {
  return typeof document === 'object' && document !== null && ('kind' in document || '@context' in document);
}
