import { HttpException } from '@nestjs/common';
import type { Problem } from '../kernel/problem.js';
import {
  bodyTooLarge,
  headersTooLarge,
  mediaTypeUnsupported,
  requestMalformed,
  requestRefused,
  requestTimeout,
  routeNotFound,
  uriTooLong,
} from './problems.js';

const BY_STATUS: Record<number, () => Problem> = {
  400: () => requestMalformed('the request line, a header or the body cannot be parsed'),
  404: () => routeNotFound('no route has this method and path'),
  408: () => requestTimeout('send it again over a connection that is not so slow'),
  413: () => bodyTooLarge('the body exceeds the limit of this node'),
  414: () => uriTooLong('the path or one of its parts exceeds the limit'),
  415: () => mediaTypeUnsupported('send application/json, application/xml or application/ld+json'),
  431: () => headersTooLarge('the headers exceed 16 KiB'),
};

/** The problem behind a refusal of Nest or Fastify. Their own words are not passed on: they may quote the request. */
export function fromHttp(error: Error): Problem | undefined {
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return BY_STATUS[status]?.() ?? requestRefused(`the server refused with status ${status}`);
}
