import { defineProblem } from '../../kernel/problem.js';

export const logPositionUnknown = defineProblem({
  code: 'LOG_POSITION_UNKNOWN',
  status: 404,
  title: 'The access log has no row at this position',
});

export const evidenceItemsRefused = defineProblem({
  code: 'EVIDENCE_ITEMS_REFUSED',
  status: 422,
  title: 'Items of evidence are at fault, and none was taken in',
});

export const evidenceSubjectUnknown = defineProblem({
  code: 'EVIDENCE_SUBJECT_UNKNOWN',
  status: 404,
  title: 'Items of evidence name orders or receivables that this node does not know, and none was taken in',
});

export const evidenceItemMalformed = defineProblem({
  code: 'EVIDENCE_ITEM_MALFORMED',
  status: 422,
  title: 'An item of evidence is not as the API describes it',
});

export const evidenceItemTooLarge = defineProblem({
  code: 'EVIDENCE_ITEM_TOO_LARGE',
  status: 422,
  title: 'An item of evidence is too large',
});

export const evidenceIdTaken = defineProblem({
  code: 'EVIDENCE_ID_TAKEN',
  status: 409,
  title: 'Another item of evidence has this id',
});

export const evidenceUnknown = defineProblem({
  code: 'EVIDENCE_UNKNOWN',
  status: 404,
  title: 'This member has no item of evidence with this id',
});
