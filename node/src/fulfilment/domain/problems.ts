import { defineProblem } from '../../kernel/problem.js';

export const milestoneUnknown = defineProblem({
  code: 'MILESTONE_UNKNOWN',
  status: 404,
  title: 'The order’s log has no such entry',
});
export const milestoneNotCorrectable = defineProblem({
  code: 'MILESTONE_NOT_CORRECTABLE',
  status: 409,
  title: 'An entry is corrected once, by who added it, with one of its kind',
});
export const milestoneAlreadyRecorded = defineProblem({
  code: 'MILESTONE_ALREADY_RECORDED',
  status: 409,
  title: 'The same document was recorded on this order before, and goods arrive once',
});
export const milestoneQuantitiesMissing = defineProblem({
  code: 'MILESTONE_QUANTITIES_MISSING',
  status: 422,
  title: 'A return says of which lines how much went back',
  rule: '5',
});
export const milestoneCommitmentMismatch = defineProblem({
  code: 'MILESTONE_COMMITMENT_MISMATCH',
  status: 422,
  title: 'No entry of the order’s log by this author commits to the document',
});
export const trackingPeriodInvalid = defineProblem({
  code: 'TRACKING_PERIOD_INVALID',
  status: 422,
  title: 'A tracking link ends after the last block, within two years',
});
export const trackingLinkUnknown = defineProblem({
  code: 'TRACKING_LINK_UNKNOWN',
  status: 404,
  title: 'The order has no such tracking link',
});
export const trackingLinkLimitReached = defineProblem({
  code: 'TRACKING_LINK_LIMIT_REACHED',
  status: 409,
  title: 'The order has as many open tracking links as it can have',
});
export const trackingRefused = defineProblem({
  code: 'TRACKING_REFUSED',
  status: 401,
  title: 'The tracking token is unknown, wrong, expired or revoked',
});
