import type { z } from 'zod';

/** Where a schema first refuses, and why; values are not repeated. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `/${issue.path.join('/')}: ${issue.message.slice(0, 120)}` : '/';
}
