/** An error as the log shows it: enough to find the fault, nothing of what the request or the tables held. */
export interface LoggedError {
  type: string;
  code?: string;
  message: string;
  stack?: string;
  cause?: LoggedError;
}

/** PostgreSQL names the values in its messages ("invalid input syntax for type integer: ..."), TypeORM the parameters too. */
function isDatabaseError(error: Error): boolean {
  return 'severity' in error || 'driverError' in error;
}

/** Beware: only known properties are taken; drivers hang queries, parameters and rows on their errors. */
export function serializeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no Error was thrown' };
  const { code, constraint, table } = error as Error & { code?: unknown; constraint?: unknown; table?: unknown };
  const fromDatabase = isDatabaseError(error);
  const message = fromDatabase
    ? `database error ${[code, table, constraint].filter(Boolean).join(' ')}`
    : error.message;
  const frames = error.stack?.slice(error.stack.indexOf('\n    at '));
  return {
    type: error.constructor.name,
    ...(code === undefined ? {} : { code: String(code) }),
    message,
    ...(error.stack?.includes('\n    at ') ? { stack: `${error.constructor.name}: ${message}${frames}` } : {}),
    ...(error.cause instanceof Error ? { cause: serializeError(error.cause) } : {}),
  };
}
