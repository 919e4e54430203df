import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/index.js';
import { problemHeaders, renderProblem, toProblem } from '../errors/index.js';
import { serverLimits } from './limits.js';

const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** Fastify under Nest, with this node's limits. Refusals before any hook runs are problems too. */
export function createAdapter(config: Config): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: config.maxBodyBytes,
    trustProxy: config.trustProxy,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    ...serverLimits(config),
    genReqId: (request: IncomingMessage) => requestIdOf(request) ?? randomUUID(),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const problem = toProblem(error);
      const headers = { ...problemHeaders(problem), 'x-request-id': request.id };
      void reply
        .status(problem.status)
        .headers(headers)
        .send(Buffer.from(renderProblem(problem, request.id)));
    },
    clientErrorHandler: answerUnparsable,
  });
}

/** The caller's own id, when it is one that can go into headers and logs as it is. */
function requestIdOf(request: IncomingMessage): string | undefined {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : undefined;
}

/** Answers what is no HTTP: there is no request to hang a reply on. */
function answerUnparsable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const problem = toProblem(Object.assign(new Error(), { statusCode: status }));
  const body = renderProblem(problem, randomUUID());
  const headers = {
    ...problemHeaders(problem),
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('')}\r\n${body}`);
}
