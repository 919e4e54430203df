import { defineProblem } from '../../kernel/problem.js';

export const receivableDocumentMissing = defineProblem({
  code: 'RECEIVABLE_DOCUMENT_MISSING',
  status: 409,
  title: 'This node does not have the document that the chain’s commitment is over, so it signs nothing about it',
  passing: true,
});
export const receivableCommitmentMismatch = defineProblem({
  code: 'RECEIVABLE_COMMITMENT_MISMATCH',
  status: 422,
  title: 'The document does not open the commitment on chain',
});
export const statementInvalid = defineProblem({
  code: 'STATEMENT_INVALID',
  status: 422,
  title: 'The statement lacks what its kind says, or says it in a form that cannot be computed with',
});
export const receivableNotDisclosed = defineProblem({
  code: 'RECEIVABLE_NOT_DISCLOSED',
  status: 403,
  title: 'This member is nothing to the receivable; ids and states are under /v1/registry/receivables',
});
export const invoiceAlreadyIssued = defineProblem({
  code: 'INVOICE_ALREADY_ISSUED',
  status: 409,
  title: 'A receivable over this invoice was issued already',
  rule: '2',
});
export const tagKeyMissing = defineProblem({
  code: 'TAG_KEY_MISSING',
  status: 409,
  title: 'This node lacks the secret of one of the member’s tag keys, each of which has to tag what it confirms',
  rule: '2',
});
export const voidConsentMissing = defineProblem({
  code: 'VOID_CONSENT_MISSING',
  status: 409,
  title: 'A receivable is voided by its holder and its obligor: the holder has not consented, or took it back',
  passing: true,
});
export const voidConsentNotGiven = defineProblem({
  code: 'VOID_CONSENT_NOT_GIVEN',
  status: 409,
  title: 'No consent of this member to a voiding stands: none was given, or it was taken back or has expired',
});
export const paymentUnknown = defineProblem({
  code: 'PAYMENT_UNKNOWN',
  status: 404,
  title: 'The receivable has no such payment',
});
export const disputeUnknown = defineProblem({
  code: 'DISPUTE_UNKNOWN',
  status: 404,
  title: 'The receivable has no such dispute',
});
export const registrationUnknown = defineProblem({
  code: 'REGISTRATION_UNKNOWN',
  status: 404,
  title: 'The receivable has no such registration',
});
export const creditNoteMismatch = defineProblem({
  code: 'CREDIT_NOTE_MISMATCH',
  status: 422,
  title: 'The credit note does not belong to the receivable',
});
export const creditNoteAlreadyIssued = defineProblem({
  code: 'CREDIT_NOTE_ALREADY_ISSUED',
  status: 409,
  title: 'A credit note of that number credits the invoice already',
});
export const fingerprintCheckLate = defineProblem({
  code: 'FINGERPRINT_CHECK_LATE',
  status: 409,
  title: 'Only a receivable that is not confirmed yet has a fingerprint to check',
  rule: '2',
});
export const fingerprintCheckLimited = defineProblem({
  code: 'FINGERPRINT_CHECK_LIMITED',
  status: 429,
  title: 'The obligor’s node answers no more checks of this member in this hour',
  rule: '2',
});
export const fingerprintCheckUnknown = defineProblem({
  code: 'FINGERPRINT_CHECK_UNKNOWN',
  status: 404,
  title: 'This member has not asked for a check of this receivable’s fingerprint',
});
export const noticeNotReceived = defineProblem({
  code: 'NOTICE_NOT_RECEIVED',
  status: 409,
  title: 'The lender’s notice is on chain, but has not arrived: whom to pay is not known yet',
  passing: true,
});
