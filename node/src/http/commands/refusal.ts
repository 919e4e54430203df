import { Problem, type ProblemType } from '../../kernel/problem.js';

/**
 * Statuses with which a rule refuses. Others are not kept under an Idempotency-Key: 400 took nothing in, 404 may only be
 * early, 429 and 5xx ask for a repeat.
 */
const BY_RULE = new Set([403, 409, 410, 422]);

/** Of the others, what passes without another request: not found yet, not in time, too many, or the node cannot now. */
const IN_TIME = new Set([404, 408, 429]);

/**
 * What the same request gets again under the same Idempotency-Key: this refusal, for good; perhaps another answer, later; or
 * nothing but this until it is mended, for which the key is free.
 */
export function againGets({ status, passing }: ProblemType): 'final' | 'may pass' | 'mend' {
  if (passing || status >= 500 || IN_TIME.has(status)) return 'may pass';
  return BY_RULE.has(status) ? 'final' : 'mend';
}

/** A command's refusal on its way out of the unit of work that it undoes. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }

  /** The refusal that an error of a command is, or the error itself when it is not final. */
  static of(error: unknown): unknown {
    return error instanceof Problem && BY_RULE.has(error.status) ? new Refusal(error) : error;
  }
}
