export { NestLogger } from './nest-logger.js';
export { createPino } from './pino.js';
export { currentRequestId, type RequestContext, withRequestContext } from './request-context.js';
export { serializeError } from './serialize-error.js';
