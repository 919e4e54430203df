import { AsyncLocalStorage } from 'node:async_hooks';

/** What all code that runs for one request, or one piece of background work, can tell about its origin. */
export interface RequestContext {
  /** 8 to 64 characters of [A-Za-z0-9._-]; in the answer's X-Request-Id, in each log line, submission and audit row. */
  readonly requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `fn`, and all that it starts, in this context. */
export function withRequestContext<T>(context: RequestContext, fn: () => T): T {
  return storage.run(context, fn);
}

/** The id of the request that the caller works for, if any. */
export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}
