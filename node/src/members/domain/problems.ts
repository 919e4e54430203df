import { defineProblem } from '../../kernel/problem.js';

export const documentPartyMismatch = defineProblem({
  code: 'DOCUMENT_PARTY_MISMATCH',
  status: 422,
  title: 'A party of the document is not a legal entity of the member that it should be',
});

export const oneTimeAccountUncertified = defineProblem({
  code: 'ONE_TIME_ACCOUNT_UNCERTIFIED',
  status: 422,
  title: 'No live operator of the member has certified the one-time account',
  rule: '7',
});

export const operatorKeyElsewhere = defineProblem({
  code: 'OPERATOR_KEY_ELSEWHERE',
  status: 409,
  title: 'An account is registered as operator only while this node holds its key',
});

export const keyElsewhere = defineProblem({
  code: 'KEY_ELSEWHERE',
  status: 409,
  title: 'A message or tag key is registered only while this node holds its secret',
});

export const adminKeyCold = defineProblem({
  code: 'ADMIN_KEY_COLD',
  status: 409,
  title: 'The member’s admin key is not on this node; sign and send the transaction with it elsewhere',
});
