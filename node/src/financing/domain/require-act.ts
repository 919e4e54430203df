import { defineProblem } from '../../kernel/problem.js';
import { type FinancingAct, type FinancingStatus, FINANCING_TRANSITIONS, permits } from './states.js';
import type { Side } from './financing.js';

const financingInvalidTransition = defineProblem({
  code: 'FINANCING_INVALID_TRANSITION',
  status: 409,
  title: 'The financing is in no state for that',
  rule: '6',
});
const financingUnauthorized = defineProblem({
  code: 'FINANCING_UNAUTHORIZED',
  status: 403,
  title: 'That is for the other side of the financing',
  rule: '3',
});

/** Refuses with FINANCING_UNAUTHORIZED what is for the other side, FINANCING_INVALID_TRANSITION what the state does not list. */
export function requireAct(act: FinancingAct, side: Side, status: FinancingStatus, id: string): void {
  const { by, to } = FINANCING_TRANSITIONS[act];
  const sides: Readonly<Record<typeof by, Side>> = {
    holder: 'HOLDER',
    lender: 'LENDER',
    both: 'HOLDER',
    time: 'HOLDER',
  };
  if (sides[by] !== side) throw financingUnauthorized(`${act} is for the ${by}`, { financing: id, act });
  if (permits(act, status)) return;
  throw financingInvalidTransition(`a financing that is ${status} does not become ${to}`, {
    financing: id,
    from: status,
    to,
  });
}
