import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { currentRequestId } from './request-context.js';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * Nest's logger over pino: `logger.warn({ err, order }, 'it failed')` or `logger.warn('it failed')`.
 * Nest passes the name of the class last. Each line has the request's id; pino's own way to add it takes as long as the rest of a line.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log = this.at('info');
  error = this.at('error');
  warn = this.at('warn');
  debug = this.at('debug');
  verbose = this.at('trace');
  fatal = this.at('fatal');

  private at(level: Level): (message: unknown, ...rest: unknown[]) => void {
    return (message, ...rest) => {
      const context = typeof rest.at(-1) === 'string' ? rest.pop() : undefined;
      const origin = { requestId: currentRequestId(), context };
      const [text] = rest;
      if (message instanceof Error) this.pino[level]({ ...origin, err: message }, 'an error');
      else if (typeof message === 'object')
        this.pino[level]({ ...origin, ...message }, typeof text === 'string' ? text : '');
      else this.pino[level](origin, String(message));
    };
  }
}
