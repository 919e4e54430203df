import { defineProblem } from '../../kernel/problem.js';

export const erasureStillNeeded = defineProblem({
  code: 'ERASURE_STILL_NEEDED',
  status: 409,
  title: 'What is not at its end needs its documents',
});
export const erasureNothing = defineProblem({
  code: 'ERASURE_NOTHING',
  status: 404,
  title: 'This node keeps no document of the order or receivable',
});
export const erasureUnknown = defineProblem({
  code: 'ERASURE_UNKNOWN',
  status: 404,
  title: 'This member made no such record of an erasure',
});
