import { defineProblem } from '../../../kernel/problem.js';

export const splitSumMismatch = defineProblem({
  code: 'SPLIT_SUM_MISMATCH',
  status: 422,
  title: 'The parts do not sum to what is owed on the receivable',
  rule: '4',
});
export const splitTermsMismatch = defineProblem({
  code: 'SPLIT_TERMS_MISMATCH',
  status: 422,
  title: 'A part is not on the terms of the receivable that it is a part of',
  rule: '4',
});
export const splitHolderInvalid = defineProblem({
  code: 'SPLIT_HOLDER_INVALID',
  status: 422,
  title: 'A part is held by a supplier; nobody holds a claim on itself',
});
export const splitPayeeUnknown = defineProblem({
  code: 'SPLIT_PAYEE_UNKNOWN',
  status: 409,
  title: 'The receivable does not say whether another than its supplier is to be paid, so its parts could not either',
});
export const splitPending = defineProblem({
  code: 'SPLIT_PENDING',
  status: 409,
  title: 'Another split of the receivable is proposed already: withdraw it, or wait until it is over',
});
export const splitUnknown = defineProblem({
  code: 'SPLIT_UNKNOWN',
  status: 404,
  title: 'This member takes no part in such a split',
});
export const splitAlreadyKnown = defineProblem({
  code: 'SPLIT_ALREADY_KNOWN',
  status: 409,
  title: 'A split of this id is known already',
});
export const splitInvalidTransition = defineProblem({
  code: 'SPLIT_INVALID_TRANSITION',
  status: 409,
  title: 'Not possible as the split stands',
  rule: '6',
});
export const splitPaymentOpen = defineProblem({
  code: 'SPLIT_PAYMENT_OPEN',
  status: 409,
  title:
    'What the obligor says it paid is not acknowledged yet, and would count for nothing once the receivable is split',
});
