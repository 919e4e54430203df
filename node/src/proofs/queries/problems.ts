import { defineProblem } from '../../kernel/problem.js';

export const proofUnavailable = defineProblem({
  code: 'PROOF_UNAVAILABLE',
  status: 503,
  title: 'The endpoint gives no proof that holds',
});
export const chainAndIndexDiffer = defineProblem({
  code: 'CHAIN_AND_INDEX_DIFFER',
  status: 503,
  title: 'The chain and this node’s index do not agree',
});
export const implementationUnknown = defineProblem({
  code: 'IMPLEMENTATION_UNKNOWN',
  status: 409,
  title: 'A registry runs code that this node does not know',
});
export const portfolioStale = defineProblem({
  code: 'PORTFOLIO_STALE',
  status: 503,
  title: 'What this node knows is too old to verify by',
});
export const fieldsUnknown = defineProblem({
  code: 'PROOF_FIELDS_UNKNOWN',
  status: 422,
  title: 'No document has such a field',
});
export const proofTooLarge = defineProblem({
  code: 'PROOF_TOO_LARGE',
  status: 409,
  title: 'It takes more to prove than a file may hold',
});
export const redisclosureWhole = defineProblem({
  code: 'REDISCLOSURE_WHOLE',
  status: 409,
  title: 'What was shown in part can only be handed on as it was shown',
});
export const bundleUnusable = defineProblem({
  code: 'BUNDLE_UNUSABLE',
  status: 422,
  title: 'Not a proof bundle',
});
export const evidenceNotAnchored = defineProblem({
  code: 'EVIDENCE_NOT_ANCHORED',
  status: 409,
  title: 'The evidence is not on chain yet: ask again in a moment',
  passing: true,
});
