import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import '../request.js';
import { keyInvalid } from './problems.js';

/** Where the answer to a keyed request is kept, and what the request was. */
export interface Slot {
  /** A key means something only to the credential that sent it ... */
  readonly credential: string;
  /** ... on this route: method and path pattern. */
  readonly route: string;
  readonly key: string;
  /** SHA-256 over path, query, media type and body: what must be equal in a repeat. */
  readonly fingerprint: Buffer;
}

const KEY = /^[\x21-\x7e]{1,255}$/;

/** The slot of a request; none without a key, or on a public route, where nobody is known. Throws IDEMPOTENCY_KEY_INVALID. */
export function slotOf(request: FastifyRequest): Slot | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined || !request.principal) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw keyInvalid('send 1 to 255 visible ASCII characters');
  return {
    credential: request.principal.credential,
    route: `${request.method} ${request.routeOptions.url ?? ''}`,
    key,
    fingerprint: fingerprintOf(request),
  };
}

function fingerprintOf(request: FastifyRequest): Buffer {
  const body = request.rawBody ?? Buffer.alloc(0);
  const mediaType = body.length > 0 ? (request.headers['content-type'] ?? '') : '';
  // The lengths keep the parts apart.
  const head = JSON.stringify([request.url, mediaType.toLowerCase(), body.length]);
  return createHash('sha256').update(head).update(body).digest();
}
