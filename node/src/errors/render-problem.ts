import type { Problem } from '../kernel/problem.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** For what says not when to come back: about when a node has looked at its chain, its database and its queue once more. */
const RETRY_AFTER_SECONDS = 5;

/** The body of RFC 9457 for a problem, as JSON text; `facts` hold the values that failed. */
export function renderProblem(problem: Problem, requestId: string): string {
  const { code, title, status, rule, detail, facts } = problem;
  return JSON.stringify({
    type: `urn:tradeproof:problem:${code}`,
    title,
    status,
    code,
    detail,
    rule,
    facts: Object.keys(facts).length > 0 ? facts : undefined,
    requestId,
  });
}

/** Headers that go with a problem. */
export function problemHeaders({ status, facts }: Problem): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store' };
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="tradeproof"';
  const seconds = facts['retryAfterSeconds'] ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  if (typeof seconds === 'number') headers['retry-after'] = String(seconds);
  return headers;
}
