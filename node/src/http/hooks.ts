import { finished } from 'node:stream/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LookLog, Reading, withReading } from '../audit/index.js';
import { Gate } from '../auth/gate.js';
import { Config } from '../config/index.js';
import { shuttingDown } from '../errors/index.js';
import { RequestMetrics } from '../health/request-metrics.js';
import { defineProblem } from '../kernel/problem.js';
import { withRequestContext } from '../logging/index.js';
import { endRequestSpan, startRequestSpan, withSpan } from '../tracing/index.js';
import { applyEntityTag } from './conditional.js';
import { blockHeader, Heads } from './heads.js';
import { preferredWait } from './prefer.js';
import { QueryNames } from './query-names.js';
import { RateLimiter } from './rate-limiter.js';
import { isWrite } from './request.js';
import { takenLooks } from './taken-looks.js';

const notServedHere = defineProblem({
  code: 'NOT_SERVED_HERE',
  status: 503,
  title: 'This process does not have the role api',
});

/** Paths that are called every few seconds by machines. */
const QUIET = /^\/(health|ready|metrics)/;

/** What is for callers with a credential, and for other nodes. */
const OWN_PLACE = /^\/(v1|exchange)\//;

/** Envelopes have limits of their own: one counterparty's node may bring those of thousands of orders. */
const UNLIMITED = new RegExp(`${QUIET.source}|^/exchange/`);

const TOO_LARGE = 413;
const READ_ON_MS = 10_000;

/**
 * Takes in what is still being sent of a body that is refused, and forgets it. Fastify would answer and close at once,
 * and the caller would meet a broken pipe instead of the answer.
 */
async function readOn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.removeHeader('connection');
  if (request.raw.complete) return;
  const signal = AbortSignal.timeout(READ_ON_MS);
  await finished(request.raw.resume(), { signal, writable: false }).catch(() => undefined);
}

/** The pattern, never the URL: ids of grants, tokens and filters have no place in a log or a trace. */
const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';

/** Neither what machines ask every few seconds, nor a stream, which lasts as long as its reader likes. */
const isMeasured = (route: string, reply: FastifyReply): boolean =>
  !QUIET.test(route) && !String(reply.getHeader('content-type')).startsWith('text/event-stream');

/** Without what the caller itself asked to wait. */
const workedSeconds = (request: FastifyRequest, reply: FastifyReply): number =>
  Math.max(0, reply.elapsedTime - (request.waitedMs ?? 0)) / 1000;

/** All that is logged or traced from here on is told to be of this request. */
const inContext = (request: FastifyRequest, fn: () => void): void =>
  withSpan(request.span, () => withRequestContext({ requestId: request.id }, fn));

/** What happens to each request around its route, in this order. */
@Injectable()
export class Hooks {
  private readonly logger = new Logger('http');
  private readonly limiter: RateLimiter;
  private closing = false;

  constructor(
    private readonly config: Config,
    private readonly gate: Gate,
    private readonly queries: QueryNames,
    private readonly heads: Heads,
    private readonly metrics: RequestMetrics,
    private readonly looks: LookLog,
  ) {
    this.limiter = new RateLimiter(config.rateLimit);
  }

  /** Adds the hooks. Beware: Fastify applies them only to routes that are added later. */
  register(instance: FastifyInstance): void {
    // Callback style, here and below: the context holds for what runs within done().
    instance.addHook('onRequest', (request, reply, done) => {
      reply.header('x-request-id', request.id);
      const route = routeOf(request);
      if (this.config.tracesUrl && !QUIET.test(route))
        request.span = startRequestSpan(request.headers, `${request.method} ${route}`);
      inContext(request, done);
    });
    instance.addHook('onRequest', (request) => this.admit(request));
    // A body that is still coming in is parsed in the socket's context, not the request's.
    instance.addHook('preValidation', (request, _reply, done) => inContext(request, done));
    instance.addHook('preHandler', (request) => this.awaitBlock(request));
    instance.addHook('preHandler', (request, _reply, done) => {
      if (!request.principal) return done();
      request.reading = new Reading();
      withReading(request.reading, done);
    });
    instance.addHook('onSend', (request, reply, payload) => this.finish(request, reply, payload));
    instance.addHook('onResponse', (request, reply, done) => {
      inContext(request, () => this.note(request, reply));
      done();
    });
  }

  /** From now on requests are refused; those that are in go on. */
  close(): void {
    this.closing = true;
  }

  private async admit(request: FastifyRequest): Promise<void> {
    // As it was routed, never as it was written: one path can be written in many ways.
    const route = routeOf(request);
    const ownPlace = OWN_PLACE.test(route);
    if (ownPlace && !this.config.roles.includes('api')) throw notServedHere('ask another process of this node');
    if (ownPlace && this.closing) throw shuttingDown('ask again in a moment', { retryAfterSeconds: 1 });
    await this.gate.identify(request);
    if (!UNLIMITED.test(route)) this.limiter.take(request.principal?.credential ?? request.ip);
    await this.gate.admit(request);
    // What is public is for links, to which mail programs add parameters, and for nodes that may be newer than this one. A route that is not
    // here has no parameters to name.
    if (request.principal && !request.is404) this.queries.require(request);
  }

  private async awaitBlock(request: FastifyRequest): Promise<void> {
    const minBlock = request.headers['tradeproof-min-block'];
    if (minBlock !== undefined && !isWrite(request.method)) {
      const since = performance.now();
      try {
        await this.heads.require(minBlock, preferredWait(request.headers.prefer, this.config.maxWaitSeconds));
      } finally {
        request.waitedMs = performance.now() - since;
      }
    }
    // Before the route reads, so that what it answers is at least as new.
    request.head = this.heads.current();
  }

  private async finish(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
    // A closing server waits for its connections, and one that is kept alive would outlast its patience.
    if (this.closing) reply.header('connection', 'close');
    const head = request.head ?? this.heads.current();
    if (head) reply.header('tradeproof-block', blockHeader(head));
    if (reply.statusCode === TOO_LARGE) await readOn(request, reply);
    await this.keepLooks(request);
    return applyEntityTag(request, reply, payload);
  }

  /** No answer leaves before what it shows is in the access log. */
  private async keepLooks(request: FastifyRequest): Promise<void> {
    await this.looks.add(takenLooks(request, this.config.member));
  }

  private note(request: FastifyRequest, reply: FastifyReply): void {
    const route = routeOf(request);
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    if (isMeasured(route, reply))
      this.metrics.observe(request.method, route, reply.statusCode, workedSeconds(request, reply));
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms,
      credential: request.principal?.credential,
    };
    const { span, method, id } = request;
    if (span)
      endRequestSpan(span, {
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': reply.statusCode,
        'tradeproof.request_id': id,
      });
    if (QUIET.test(route)) this.logger.debug(line, 'request');
    else this.logger.log(line, 'request');
  }
}
