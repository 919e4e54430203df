import type { FastifyRequest } from 'fastify';
import { type DocumentKind, documentOf, importDocument, type ModelOf, type TradeDocument } from '../index.js';
import { requestInvalid } from '../../errors/index.js';
import '../../http/request.js';
import { pointerToken } from '../source/text.js';

type Sent = Pick<FastifyRequest, 'body' | 'headers' | 'rawBody'>;

/** Members named in one refusal, and so much of each name. */
const MAX_FAULTS = 20;
const QUOTED = 100;

const NONE = Buffer.alloc(0);

const isPlainJson = (mediaType: string): boolean => /^application\/json\b/i.test(mediaType);

/**
 * The document that a write carries: the whole body, or the member `document` of a JSON body, byte for byte; plain JSON
 * that names no kind is of the first one given. Undefined when a JSON body has none, or there is no body of any type: an empty one that
 * is said to be XML or JSON-LD is a document that was lost. Throws what importing throws; DOCUMENT_KIND_MISMATCH for another kind.
 */
export function incomingDocument<K extends DocumentKind>(
  request: Sent,
  ...kinds: [K, ...K[]]
): TradeDocument<ModelOf<K>> | undefined {
  const { rawBody = NONE } = request;
  const mediaType = request.headers['content-type'];
  if (mediaType === undefined) return undefined;
  if (!isPlainJson(mediaType)) return documentOf(importDocument(rawBody, mediaType), ...kinds);
  const given = documentIn(request.body);
  if (given === undefined) return undefined;
  return documentOf(
    importDocument(rawBody, mediaType, { kind: namesItself(given) ? undefined : kinds[0], member: 'document' }),
    ...kinds,
  );
}

/** The same where there must be one, and nothing beside it: what else there is to say is in the query. Throws REQUEST_INVALID. */
export function requiredDocument<K extends DocumentKind>(
  request: Sent,
  ...kinds: [K, ...K[]]
): TradeDocument<ModelOf<K>> {
  requireAlone(request.body);
  const document = incomingDocument(request, ...kinds);
  if (!document) throw requestInvalid('send the document itself as XML, or as JSON {"document": ...}');
  return document;
}

/** A member that nothing would look at would be dropped, and whoever sent it means something by it. */
function requireAlone(body: unknown): void {
  if (documentIn(body) === undefined) return;
  const others = Object.keys(body as object).filter((name) => name !== 'document');
  if (others.length === 0) return;
  const faults = others
    .slice(0, MAX_FAULTS)
    .map((name) => ({ pointer: `/${pointerToken(name.slice(0, QUOTED))}`, message: 'not taken beside the document' }));
  throw requestInvalid('send {"document": ...} and nothing else in the body; what else there is goes into the query', {
    faults,
  });
}

function documentIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'document' in body ? (body.document ?? undefined) : undefined;
}

/** Whether plain JSON says of what kind it is, or is JSON-LD. */
function namesItself(document: unknown): boolean {
  return typeof document === 'object' && document !== null && ('kind' in document || '@context' in document);
}
