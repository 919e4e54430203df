import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/index.js';
import { redact } from './redact.js';
import { serializeError } from './serialize-error.js';

/** A line is written at most so much later. */
const FLUSH_MS = 100;

/** JSON lines. Rule 9: callers log ids and codes, and what slips through is redacted here. */
export function createPino(config: Pick<Config, 'logLevel' | 'member'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: { member: config.member },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }), log: redact },
    serializers: { err: serializeError },
  };
  // Not synchronous: a write to a slow pipe would hold up every request; nor one for each line, which costs more than
  // making the line. What is buffered is flushed at exit.
  return pino(options, destination ?? pino.destination({ sync: false, minLength: 15_000, periodicFlush: FLUSH_MS }));
}
