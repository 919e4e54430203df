import { isNativeError } from 'node:util/types';
import { Problem } from '../kernel/problem.js';
import { fromDatabase } from './from-database.js';
import { fromHttp } from './from-http.js';
import { internalError } from './problems.js';

/** Turns whatever was thrown into what the client may know of it. Anything unforeseen is INTERNAL_ERROR and no more. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const known = error instanceof Error || isNativeError(error) ? (fromHttp(error) ?? fromDatabase(error)) : undefined;
  return known ?? internalError('quote the request id when you report it');
}
