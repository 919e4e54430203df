import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { requestInvalid } from '../../errors/index.js';

/**
 * The JSON body of a route that takes documents too, where Nest's own validation would refuse them; `{}` when there is
 * none or it is no JSON. Throws REQUEST_INVALID, naming each faulty field as a JSON Pointer.
 */
export function jsonBody<S extends z.ZodType>(request: Pick<FastifyRequest, 'body'>, schema: S): z.output<S> {
  const body = Buffer.isBuffer(request.body) ? {} : (request.body ?? {});
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => ({
    pointer: `/${path.map(String).join('/')}`,
    message,
  }));
  throw requestInvalid('see the faults', { faults });
}
