import { defineProblem } from '../kernel/problem.js';

export const requestMalformed = defineProblem({
  code: 'REQUEST_MALFORMED',
  status: 400,
  title: 'The request cannot be read',
});

export const requestInvalid = defineProblem({
  code: 'REQUEST_INVALID',
  status: 400,
  title: 'A part of the request is not as the API describes it',
});

/** Nothing was done, so a repeat asks anew. Facts: `items` as the answer would have them. */
export const itemsRefused = defineProblem({
  code: 'ITEMS_REFUSED',
  status: 422,
  title: 'Each of the items is refused',
  passing: true,
});

export const routeNotFound = defineProblem({ code: 'ROUTE_NOT_FOUND', status: 404, title: 'There is no such route' });

export const requestTimeout = defineProblem({
  code: 'REQUEST_TIMEOUT',
  status: 408,
  title: 'The request did not come in within the time that this node gives it',
});

export const bodyTooLarge = defineProblem({ code: 'BODY_TOO_LARGE', status: 413, title: 'The body is too large' });

export const uriTooLong = defineProblem({ code: 'URI_TOO_LONG', status: 414, title: 'The address is too long' });

export const mediaTypeUnsupported = defineProblem({
  code: 'MEDIA_TYPE_UNSUPPORTED',
  status: 415,
  title: 'The body is of a type that this API does not take',
});

export const headersTooLarge = defineProblem({
  code: 'HEADERS_TOO_LARGE',
  status: 431,
  title: 'The headers are too large',
});

export const requestRefused = defineProblem({
  code: 'REQUEST_REFUSED',
  status: 400,
  title: 'The request is refused before it reaches a route',
});

export const internalError = defineProblem({
  code: 'INTERNAL_ERROR',
  status: 500,
  title: 'Something failed on our side',
});

export const databaseUnavailable = defineProblem({
  code: 'DATABASE_UNAVAILABLE',
  status: 503,
  title: 'The database cannot be reached',
});

export const tryAgain = defineProblem({
  code: 'TRY_AGAIN',
  status: 503,
  title: "Two writes got in each other's way; nothing was done",
});

export const shuttingDown = defineProblem({
  code: 'SHUTTING_DOWN',
  status: 503,
  title: 'This process is stopping',
});
