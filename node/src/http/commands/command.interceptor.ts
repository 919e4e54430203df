import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Config } from '../../config/index.js';
import { PROBLEM_MEDIA_TYPE } from '../../errors/index.js';
import { type Load, LOADS, OWN_UNIT } from '../answers.js';
import { Heads } from '../heads.js';
import { slotOf } from '../idempotency/slot.js';
import { IdempotencyStore, type Made } from '../idempotency/store.js';
import type { GatedCommand } from '../ports.js';
import { requireMatch } from '../precondition.js';
import { takenLooks } from '../taken-looks.js';
import { preferredWait } from '../prefer.js';
import type { Command } from './command.js';
import { CommandSettler, type Settled } from './command-settler.js';
import { CommandTaker } from './command-taker.js';
import { requireBodyTaken } from './takes-body.js';

/** Runs each write in one unit of work, once per Idempotency-Key, and answers as `Prefer: wait` says. */
@Injectable()
export class CommandInterceptor implements NestInterceptor {
  constructor(
    private readonly config: Config,
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
    private readonly store: IdempotencyStore,
    private readonly taker: CommandTaker,
    private readonly settler: CommandSettler,
    private readonly heads: Heads,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const ownUnit = this.reflector.get<true | undefined>(OWN_UNIT, context.getHandler());
    return ownUnit ? next.handle() : from(this.answer(context, request, next));
  }

  private async answer(context: ExecutionContext, request: FastifyRequest, next: CallHandler): Promise<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    requireBodyTaken(context, request);
    const command = this.commandOf(context, request, next);
    if (request.headers['if-match'] !== undefined) await this.requireMatch(request, command);
    const taken = await this.taker.take(command);
    if ('other' in taken) return taken.other;
    const settled = await this.settler.settle(command, taken);
    if (settled.waited) reply.header('preference-applied', `wait=${command.wait}`);
    return send(reply, settled);
  }

  /** Not of a repeat: what it asks for was done, and so the resource is another. */
  private async requireMatch(request: FastifyRequest, { slot }: Command): Promise<void> {
    if (!slot || !(await this.store.has(slot))) await requireMatch(request);
  }

  private commandOf(context: ExecutionContext, request: FastifyRequest, next: CallHandler): Command {
    const { id } = (request.params ?? {}) as { id?: string };
    return {
      slot: slotOf(request),
      principal: request.principal,
      action: `${request.method} ${request.routeOptions.url}`,
      object: id,
      gated: gatedOf(request),
      requestId: request.id,
      success: request.method === 'POST' ? 201 : 200,
      wait: preferredWait(request.headers.prefer, this.config.maxWaitSeconds),
      run: () => lastValueFrom(next.handle(), { defaultValue: undefined }),
      takenLooks: () => takenLooks(request, this.config.member),
      load: (made) => this.load(context, request, made),
    };
  }

  private load(context: ExecutionContext, request: FastifyRequest, made: Made): Promise<unknown> {
    const load = this.reflector.get<Load | undefined>(LOADS, context.getHandler());
    if (!load) throw new Error(`${context.getClass().name}.${context.getHandler().name} accepts without @Loads`);
    // Before it loads, so that the answer is at least as new as its Tradeproof-Block.
    request.head = this.heads.current();
    return load(this.modules.get(context.getClass(), { strict: false }), made);
  }
}

function gatedOf(request: FastifyRequest): GatedCommand | undefined {
  const { principal, method, url, headers, rawBody, body } = request;
  if (!principal) return undefined;
  const mediaType = headers['content-type'];
  const json = Buffer.isBuffer(body) ? undefined : (body ?? undefined);
  const action = `${method} ${request.routeOptions.url}`;
  const { id, root } = (request.params ?? {}) as { id?: string; root?: string };
  return { principal, action, object: id ?? root, url, mediaType, body: rawBody ?? Buffer.alloc(0), json };
}

/** Sets status and headers, and gives the body: as bytes, since Fastify would add a charset to the type of a string. */
function send(reply: FastifyReply, { answer, replayed }: Settled): Buffer {
  if (replayed) reply.header('idempotency-replayed', 'true');
  if (answer.status === 202) {
    const { submission } = JSON.parse(answer.body) as { submission: { id: string } };
    reply.header('location', `/v1/submissions/${submission.id}`);
  }
  reply.status(answer.status).header('content-type', answer.status < 400 ? 'application/json' : PROBLEM_MEDIA_TYPE);
  return Buffer.from(answer.body);
}
