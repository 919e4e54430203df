import { defineProblem } from '../../kernel/problem.js';
import type { ClauseInForce } from './rule-pack.js';

const policyRefuses = defineProblem({
  code: 'POLICY_REFUSES',
  status: 409,
  title: 'A clause of the rules in force does not allow it',
});
export const policyStale = defineProblem({
  code: 'POLICY_STALE',
  status: 409,
  title: 'The rules were changed since they were read',
});
export const approvalRequired = defineProblem({
  code: 'APPROVAL_REQUIRED',
  status: 409,
  title: 'A second person has to approve it first',
  passing: true,
});
export const approvalStale = defineProblem({
  code: 'APPROVAL_STALE',
  status: 409,
  title: 'What was approved is not what lies before this member now',
  passing: true,
});
export const approvalUnknown = defineProblem({ code: 'APPROVAL_UNKNOWN', status: 404, title: 'No such approval' });
export const approvalSettled = defineProblem({
  code: 'APPROVAL_SETTLED',
  status: 409,
  title: 'It was decided already',
});
export const approvalForbidden = defineProblem({
  code: 'APPROVAL_FORBIDDEN',
  status: 403,
  title: 'This caller cannot approve it',
});

/** A refusal by a clause; the refusal names it and the pack's version. */
export function refusedBy({ clause, scope, version }: ClauseInForce, detail: string, facts: Record<string, unknown>) {
  return policyRefuses(`${detail} (clause ${clause.id})`, {
    clause: clause.id,
    kind: clause.kind,
    scope,
    version,
    ...facts,
  });
}
