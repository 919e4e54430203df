import { defineProblem } from '../kernel/problem.js';

/** No endpoint of the list answers, or none can be believed; facts say what was wrong with each. Passes by itself. */
export const chainUnavailable = defineProblem({
  code: 'CHAIN_UNAVAILABLE',
  status: 503,
  title: 'The chain cannot be reached',
});

/** An included transaction failed without a custom error that could be reproduced (out of gas, a bare revert). */
export const transactionReverted = defineProblem({
  code: 'TRANSACTION_REVERTED',
  status: 409,
  title: 'The chain reverted the transaction',
});
