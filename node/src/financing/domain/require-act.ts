import { defineProblem } from '../../kernel/problem.js';
import {
  type FinancingAct,
  type FinancingStatus,
  FINANCING_TRANSITIONS,
  type FinancingTransition,
  permits,
} from './states.js';
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

/** Whose node does it; what nobody commands is not asked for here. */
const SIDES: Partial<Record<FinancingTransition['by'], Side>> = { holder: 'HOLDER', lender: 'LENDER', both: 'HOLDER' };

/** Refuses with FINANCING_UNAUTHORIZED what is for the other side, FINANCING_INVALID_TRANSITION what the state does not list. */
export function requireAct(act: FinancingAct, side: Side, status: FinancingStatus, id: string): void {
  const { by, to }: FinancingTransition = FINANCING_TRANSITIONS[act];
  if (SIDES[by] !== side) throw financingUnauthorized(`${act} is for the ${by}`, { financing: id, act });
  if (permits(act, status)) return;
  const detail = to ? `does not become ${to}` : `does not allow ${act}`;
  throw financingInvalidTransition(`a financing that is ${status} ${detail}`, {
    financing: id,
    from: status,
    ...(to ? { to } : { act }),
  });
}
