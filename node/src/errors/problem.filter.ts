import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
    if (problem.status >= 500) this.logger.error({ err: error, code: problem.code }, 'a request failed');
    // A stream that has begun can only be cut off.
    if (reply.raw.headersSent) return void reply.raw.destroy();
    // Bytes, since Fastify would add a charset to the type of a string, and this type has none.
    const body = Buffer.from(renderProblem(problem, request.id));
    void reply.status(problem.status).headers(problemHeaders(problem)).send(body);
  }
}
