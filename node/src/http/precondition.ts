import type { FastifyRequest } from 'fastify';
import { defineProblem, type ProblemRecord, restoreProblem } from '../kernel/problem.js';
import { matches } from './conditional.js';
import { resourceOf } from './resource-of.js';

const versionStale = defineProblem({
  code: 'VERSION_STALE',
  status: 412,
  title: 'The resource is not as it was when its ETag was read',
});
const ifMatchWithoutResource = defineProblem({
  code: 'IF_MATCH_WITHOUT_RESOURCE',
  status: 400,
  title: 'The write is about nothing whose ETag could have been read',
});

/**
 * Refuses with VERSION_STALE a write whose `If-Match` is not the tag that a GET of its resource has now, for this caller, with
 * IF_MATCH_WITHOUT_RESOURCE one that has no such resource, and as the GET is when that is put off (429, 503) or fails. Tags are
 * compared weakly, since they are weak. What happens between this look and the write is for the write's own rules.
 */
export async function requireMatch(request: FastifyRequest): Promise<void> {
  const wanted = request.headers['if-match'];
  if (wanted === undefined) return;
  const tag = await tagOf(request, pathOf(request));
  if (tag !== undefined && matches(wanted, tag)) return;
  throw versionStale('read it again, and decide anew', { ifMatch: wanted.slice(0, 200), etag: tag ?? null });
}

function pathOf({ url, routeOptions, server }: FastifyRequest): string {
  const resource = resourceOf(routeOptions.url ?? '', (path) => server.hasRoute({ method: 'GET', url: path }));
  if (resource === undefined)
    throw ifMatchWithoutResource('send it without If-Match', { route: routeOptions.url ?? null });
  const [path] = url.split('?', 1) as [string];
  return path.split('/').slice(0, resource.split('/').length).join('/');
}

async function tagOf({ headers, server }: FastifyRequest, url: string): Promise<string | undefined> {
  const { authorization } = headers;
  const answer = await server.inject({ method: 'GET', url, headers: { authorization } });
  // It says nothing of the resource.
  if (answer.statusCode === 429 || answer.statusCode >= 500) throw restoreProblem(answer.json<ProblemRecord>());
  return answer.statusCode === 200 ? answer.headers.etag?.toString() : undefined;
}
