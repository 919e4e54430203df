import { defineProblem } from '../../kernel/problem.js';

export const keyInvalid = defineProblem({
  code: 'IDEMPOTENCY_KEY_INVALID',
  status: 400,
  title: 'The Idempotency-Key is not 1 to 255 visible ASCII characters',
});

export const keyReused = defineProblem({
  code: 'IDEMPOTENCY_KEY_REUSED',
  status: 422,
  title: 'The Idempotency-Key came before with another request',
});

export const answerGone = defineProblem({
  code: 'IDEMPOTENCY_ANSWER_GONE',
  status: 410,
  title: 'The request was answered before, and what the answer showed is erased or not shown to this member any more',
});

export const keyInUse = defineProblem({
  code: 'IDEMPOTENCY_KEY_IN_USE',
  status: 409,
  title: 'A request with this Idempotency-Key is being taken in right now',
  passing: true,
});
