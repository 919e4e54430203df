import { defineProblem } from '../kernel/problem.js';

export const submissionUnknown = defineProblem({
  code: 'SUBMISSION_UNKNOWN',
  status: 404,
  title: 'No such submission',
});
export const transactionReverted = defineProblem({
  code: 'TRANSACTION_REVERTED',
  status: 409,
  title: 'The chain refused the transaction without saying why',
});
