import { timeOf } from '../../kernel/block-time.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { defineProblem } from '../../kernel/problem.js';
import type { Receivable } from './receivable.js';
import type { ReceivableMark } from './states.js';

const receivableNotDue = defineProblem({
  code: 'RECEIVABLE_NOT_DUE',
  status: 409,
  title: 'A claim is overdue when its due date and the days of grace have passed, not before',
});

const DAY = 86_400;

/**
 * Refuses with RECEIVABLE_NOT_DUE before the end (UTC) of the due date, an ISO date, and of so many days of grace. `now` is
 * block time in seconds.
 */
export function requireLate({ id }: Pick<Receivable, 'id'>, dueDate: string, graceDays: number, now: number): void {
  const from = Date.parse(dueDate) / 1000 + (1 + graceDays) * DAY;
  if (now >= from) return;
  throw receivableNotDue(`it is due on ${dueDate}, with ${graceDays} days of grace`, {
    receivable: id,
    dueDate,
    graceDays,
    overdueFrom: timeOf(from),
  });
}

/** Refuses with RECEIVABLE_ALREADY_MARKED what was said before: no mark is taken back. */
export function requireUnmarked({ id, marks }: Pick<Receivable, 'id' | 'marks'>, mark: ReceivableMark): void {
  if (!marks.includes(mark)) return;
  throw CONTRACT_PROBLEMS.ReceivableAlreadyMarked(`it was said to be ${mark} before`, { receivable: id, marks });
}
