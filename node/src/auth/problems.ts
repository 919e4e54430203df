import { defineProblem } from '../kernel/problem.js';

export const unauthenticated = defineProblem({
  code: 'UNAUTHENTICATED',
  status: 401,
  title: 'No valid credential came with the request',
});

export const forbidden = defineProblem({
  code: 'FORBIDDEN',
  status: 403,
  title: 'The credential has none of the roles that may do this',
});

export const apiKeyUnknown = defineProblem({
  code: 'API_KEY_UNKNOWN',
  status: 404,
  title: 'There is no such API key',
});

export const apiKeyLast = defineProblem({
  code: 'API_KEY_LAST_ADMIN',
  status: 409,
  title: 'The last key with the role ADMIN cannot be revoked',
});
