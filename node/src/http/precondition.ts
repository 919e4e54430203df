import type { FastifyRequest } from 'fastify';
import { defineProblem } from '../kernel/problem.js';
import { matches } from './conditional.js';

const versionStale = defineProblem({
  code: 'VERSION_STALE',
  status: 412,
  title: 'The resource is not as it was when its ETag was read',
});

/** The resource that a write is about: `/v1/orders/0x…/acceptance` is about `/v1/orders/0x…`. */
const RESOURCE = /^\/v1\/[^/?]+\/[^/?]+/;

/**
 * Refuses with VERSION_STALE a write whose `If-Match` is not the tag that a GET of its resource has now, for this caller. Tags
 * are compared weakly, since they are weak. What happens between this look and the write is for the write's own rules.
 */
export async function requireMatch(request: FastifyRequest): Promise<void> {
  const wanted = request.headers['if-match'];
  if (wanted === undefined) return;
  const tag = await tagOf(request);
  if (tag !== undefined && matches(wanted, tag)) return;
  throw versionStale('read it again, and decide anew', { ifMatch: wanted.slice(0, 200), etag: tag ?? null });
}

async function tagOf({ url, headers: { authorization }, server }: FastifyRequest): Promise<string | undefined> {
  const path = RESOURCE.exec(url)?.[0];
  if (path === undefined) return undefined;
  const { statusCode, headers } = await server.inject({ method: 'GET', url: path, headers: { authorization } });
  return statusCode === 200 ? headers.etag?.toString() : undefined;
}
