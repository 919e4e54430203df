import { defineProblem } from '../../kernel/problem.js';

export const financingUnknown = defineProblem({
  code: 'FINANCING_UNKNOWN',
  status: 404,
  title: 'This member is no side of such a financing',
});
export const financingNotHolder = defineProblem({
  code: 'FINANCING_NOT_HOLDER',
  status: 403,
  title: 'Only who holds a claim can have it financed',
  rule: '3',
});
export const financingAlreadyKnown = defineProblem({
  code: 'FINANCING_ALREADY_KNOWN',
  status: 409,
  title: 'A financing of this id is known already',
});
export const financingRequestHeld = defineProblem({
  code: 'FINANCING_REQUEST_HELD',
  status: 503,
  title: 'The request that this follows has not left for its lender',
});
export const financingOfferMissing = defineProblem({
  code: 'FINANCING_OFFER_MISSING',
  status: 409,
  title: 'The financing has no offer',
  passing: true,
});
export const evidenceInvalid = defineProblem({
  code: 'EVIDENCE_INVALID',
  status: 422,
  title: 'What was disclosed does not open the commitment on chain, or does not show what it has to',
});
export const evidenceAwaited = defineProblem({
  code: 'EVIDENCE_AWAITED',
  status: 409,
  title: 'Not all documents that it takes to judge the claim have come to its lender',
  passing: true,
});
export const disclosureTooLarge = defineProblem({
  code: 'DISCLOSURE_TOO_LARGE',
  status: 422,
  title: 'A document is too large to be shown to a lender',
});
export const evidenceGrantEnded = defineProblem({
  code: 'EVIDENCE_GRANT_ENDED',
  status: 409,
  title: 'The grant under which the lender is shown evidence has ended',
});
export const orderValueUnknown = defineProblem({
  code: 'ORDER_VALUE_UNKNOWN',
  status: 409,
  title: 'The order does not say what it is worth, or this node was not shown it',
  rule: '5',
  passing: true,
});
export const orderChangeNotShown = defineProblem({
  code: 'ORDER_CHANGE_NOT_SHOWN',
  status: 409,
  title: 'The version that the lender is asked to consent to was not shown to it: nobody consents unread',
  rule: '3',
  passing: true,
});
export const recourseNotAgreed = defineProblem({
  code: 'RECOURSE_NOT_AGREED',
  status: 409,
  title: 'The offer that was agreed to gave no recourse to the holder',
  rule: '3',
});
export const repaymentNotDue = defineProblem({
  code: 'REPAYMENT_NOT_DUE',
  status: 409,
  title: 'What was advanced on the order is not due yet',
});
export const reserveEmpty = defineProblem({
  code: 'RESERVE_EMPTY',
  status: 409,
  title: 'There is no reserve to pay out',
  rule: '8',
});
