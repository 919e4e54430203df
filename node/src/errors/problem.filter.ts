import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../kernel/problem.js';
import { problemHeaders, renderProblem } from './render-problem.js';
import { toProblem } from './to-problem.js';

/** The one place where an error becomes an answer. What is ours to repair is logged with its stack, never sent. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.status >= 500) this.note(error, problem);
    // A stream that has begun can only be cut off.
    if (reply.raw.headersSent) return void reply.raw.destroy();
    // Bytes, since Fastify would add a charset to the type of a string, and this type has none.
    const body = Buffer.from(renderProblem(problem, request.id));
    void reply.status(problem.status).headers(problemHeaders(problem)).send(body);
  }

  private note(error: unknown, problem: Problem): void {
    // A room says that it cannot now, and why: callers can bring that about (a block to wait for), so it is no alarm.
    if (error === problem) this.logger.warn({ code: problem.code, detail: problem.detail }, 'a request is put off');
    else this.logger.error({ err: error, code: problem.code }, 'a request failed');
  }
}
