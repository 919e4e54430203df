import type { FastifyRequest } from 'fastify';
import type { LookEntry } from '../audit/index.js';
import './request.js';

/** What the request's user was shown since the last call, as `viewer`'s entries of the access log. */
export function takenLooks({ reading, principal, head, id }: FastifyRequest, viewer: string): LookEntry[] {
  const who = { viewer, reader: principal?.credential ?? null };
  const when = { block: head?.number ?? -1, seenAt: null, envelope: null, requestId: id };
  return (reading?.take() ?? []).map((look) => ({ ...look, ...who, ...when }));
}
