import { defineProblem } from '../../kernel/problem.js';

export const orderNumberAlreadyPosted = defineProblem({
  code: 'ORDER_NUMBER_ALREADY_POSTED',
  status: 409,
  title: 'An order of this number is posted and still stands',
  rule: '2',
});
export const orderReferenceMismatch = defineProblem({
  code: 'ORDER_REFERENCE_MISMATCH',
  status: 422,
  title: 'The document refers to another order',
});
export const orderDocumentMissing = defineProblem({
  code: 'ORDER_DOCUMENT_MISSING',
  status: 409,
  title: 'This node does not have the document that the chain’s commitment is over, so it signs nothing about it',
  passing: true,
});
export const orderNotHereYet = defineProblem({
  code: 'ORDER_NOT_HERE_YET',
  status: 503,
  title: 'The chain, as far as this node has indexed it, has no such order posted to this member',
});
export const orderDocumentNotShown = defineProblem({
  code: 'ORDER_DOCUMENT_NOT_SHOWN',
  status: 403,
  title:
    'This member is shown fields of the order, not its document: they are in the order itself and under its disclosure',
});
export const orderCommitmentMismatch = defineProblem({
  code: 'ORDER_COMMITMENT_MISMATCH',
  status: 422,
  title: 'The document does not open the commitment on chain',
});
export const orderBatchMismatch = defineProblem({
  code: 'ORDER_BATCH_MISMATCH',
  status: 422,
  title: 'The orders sent are not a batch that this supplier can answer',
});
export const orderLineUnknown = defineProblem({
  code: 'ORDER_LINE_UNKNOWN',
  status: 422,
  title: 'The order has no such line',
});
export const orderResponseContradicts = defineProblem({
  code: 'ORDER_RESPONSE_CONTRADICTS',
  status: 422,
  title: 'The response says something else than the call that carries it',
});
export const orderNotDisclosed = defineProblem({
  code: 'ORDER_NOT_DISCLOSED',
  status: 403,
  title: 'This member is neither party to the order nor appointed on it; ids and states are under /v1/registry/orders',
});
export const frameworkExceeded = defineProblem({
  code: 'FRAMEWORK_EXCEEDED',
  status: 409,
  title: 'More than the framework contract still allows',
});
export const frameworkBelowCalledOff = defineProblem({
  code: 'FRAMEWORK_BELOW_CALLED_OFF',
  status: 409,
  title: 'The framework contract would allow less than what is called off already',
});
export const frameworkMismatch = defineProblem({
  code: 'FRAMEWORK_MISMATCH',
  status: 422,
  title: 'The order does not fit the framework contract that it calls off',
});
export const frameworkEndMissing = defineProblem({
  code: 'FRAMEWORK_END_MISSING',
  status: 422,
  title: 'A framework contract names the end of its term',
});
export const frameworkTermEmpty = defineProblem({
  code: 'FRAMEWORK_TERM_EMPTY',
  status: 422,
  title: 'The term of a framework contract ends before it begins',
});
export const frameworkNotBegun = defineProblem({
  code: 'FRAMEWORK_NOT_BEGUN',
  status: 409,
  title: 'The term of the framework contract has not begun',
  passing: true,
});
export const frameworkPostedAlone = defineProblem({
  code: 'FRAMEWORK_POSTED_ALONE',
  status: 422,
  title: 'Framework contracts and orders that call off them are posted one by one, never in bulk or in a batch',
});
