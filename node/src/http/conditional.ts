import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Tags the JSON answer of a GET, and empties it (304) when the client has it already. The tag is weak, a hash of the
 * body: a resource shows states of other objects too, so its own version would not do.
 */
export function applyEntityTag(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (request.method !== 'GET' && request.method !== 'HEAD') return payload;
  if (reply.statusCode !== 200 || typeof payload !== 'string' || reply.hasHeader('etag')) return payload;
  const tag = `W/"${hash('sha1', payload, 'base64url')}"`;
  reply.header('etag', tag);
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
  if (!matches(request.headers['if-none-match'], tag)) return payload;
  reply.status(304).removeHeader('content-type');
  return '';
}

/** Whether a list of tags, as `If-Match` and `If-None-Match` have it, names this one. */
export function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((given) => [tag, '*'].includes(given.trim().replace(/^(?=")/, 'W/')));
}
