import { defineProblem } from '../../kernel/problem.js';

export const grantNotOwner = defineProblem({
  code: 'GRANT_NOT_OWNER',
  status: 403,
  title: 'Only the two members whose document it is grant access to it',
});
export const grantGranteeOwns = defineProblem({
  code: 'GRANT_GRANTEE_OWNS',
  status: 422,
  title: 'The member has the document already',
});
export const grantPeriodInvalid = defineProblem({
  code: 'GRANT_PERIOD_INVALID',
  status: 422,
  title: 'The period of a grant ends after it begins and after the last block',
});
export const grantFieldUnknown = defineProblem({
  code: 'GRANT_FIELD_UNKNOWN',
  status: 422,
  title: 'No document of the resource has such a field',
});
export const grantPurposeNotFor = defineProblem({
  code: 'GRANT_PURPOSE_NOT_FOR',
  status: 422,
  title: 'The purpose is not one for a member of these roles',
});
export const grantOfFinancing = defineProblem({
  code: 'GRANT_OF_FINANCING',
  status: 409,
  title: 'The grant is part of a financing and ends with it',
});
export const grantNothingToApprove = defineProblem({
  code: 'GRANT_NOTHING_TO_APPROVE',
  status: 409,
  title: 'The grant does not await this member’s word',
});
export const grantAlreadyWithdrawn = defineProblem({
  code: 'GRANT_ALREADY_WITHDRAWN',
  status: 409,
  title: 'The proposed grant was taken back already',
});
export const disclosureNotOfObject = defineProblem({
  code: 'DISCLOSURE_NOT_OF_OBJECT',
  status: 422,
  title: 'The chain has no such document of the order or receivable',
});
export const creditFileUnknown = defineProblem({
  code: 'CREDIT_FILE_UNKNOWN',
  status: 404,
  title: 'This node keeps no credit file under this grant',
});
export const grantInvalid = defineProblem({
  code: 'GRANT_INVALID',
  status: 422,
  title: 'What was sent is not what the grant says',
});
export const grantNotHereYet = defineProblem({
  code: 'GRANT_NOT_HERE_YET',
  status: 503,
  title: 'The grant, or the block with it, has not arrived here yet',
});
export const grantDocumentsAwaited = defineProblem({
  code: 'GRANT_DOCUMENTS_AWAITED',
  status: 403,
  title: 'The grant stands, and nothing that it shows has arrived yet',
  passing: true,
});
export const grantIndexStalled = defineProblem({
  code: 'GRANT_INDEX_STALLED',
  status: 503,
  title: 'The last block that this node has is too old to tell whether a grant stands',
});

/** Refused looks, by where the grant stands. */
export const REFUSED_LOOKS = {
  WITHDRAWN: defineProblem({ code: 'GRANT_WITHDRAWN', status: 403, title: 'The grant was taken back before it began' }),
  PROPOSED: defineProblem({
    code: 'GRANT_PENDING',
    status: 403,
    title: 'The grant is not on chain yet',
    passing: true,
  }),
  UPCOMING: defineProblem({ code: 'GRANT_NOT_STARTED', status: 403, title: 'The grant has not begun', passing: true }),
  EXPIRED: defineProblem({ code: 'GRANT_EXPIRED', status: 403, title: 'The grant is over' }),
  REVOKED: defineProblem({ code: 'GRANT_REVOKED', status: 403, title: 'The grant was revoked' }),
  ACTIVE: defineProblem({ code: 'GRANT_FIELDS_EXCEEDED', status: 403, title: 'The grant does not cover that' }),
};
