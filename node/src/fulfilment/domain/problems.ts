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
