import { defineProblem } from '../kernel/problem.js';

/** No endpoint of the list answers, or none can be believed; facts say what was wrong with each. Passes by itself. */
export const chainUnavailable = defineProblem({
  code: 'CHAIN_UNAVAILABLE',
  status: 503,
  title: 'The chain cannot be reached',
});
