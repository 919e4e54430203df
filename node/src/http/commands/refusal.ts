import { Problem } from '../../kernel/problem.js';

/**
 * Statuses with which a rule refuses. Others are not kept under an Idempotency-Key: 400 took nothing in, 404 may only be
 * early, 429 and 5xx ask for a repeat.
 */
const BY_RULE = new Set([403, 409, 410, 422]);

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
