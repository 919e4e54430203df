import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import {
  type ReceivableAct,
  type ReceivableStatus,
  RECEIVABLE_TRANSITIONS,
  type ReceivableTransition,
} from './states.js';

/** What decides whether an act on a receivable is possible. */
export interface ActingReceivable {
  readonly id: Hex;
  readonly obligor: number;
  readonly supplier: number;
  readonly status: ReceivableStatus;
}

/**
 * Refuses early what the contract would refuse, with the same codes: RECEIVABLE_UNAUTHORIZED when `member` is not the
 * party that the act is for, RECEIVABLE_INVALID_TRANSITION or RECEIVABLE_NOT_CONFIRMED when the state does not allow it.
 * Payees and lenders act by one-time accounts, which their commands check.
 */
export function requireAct(receivable: ActingReceivable, act: ReceivableAct, member: number): void {
  const { from, to, by }: ReceivableTransition = RECEIVABLE_TRANSITIONS[act];
  const { id, status } = receivable;
  if ((by === 'obligor' || by === 'supplier') && receivable[by] !== member) {
    throw CONTRACT_PROBLEMS.ReceivableUnauthorized(`${act} is for the receivable's ${by}`, { receivable: id, member });
  }
  if (from.includes(status)) return;
  if (to) {
    const facts = { receivable: id, from: status, to };
    throw CONTRACT_PROBLEMS.ReceivableInvalidTransition(`a receivable that is ${status} does not become ${to}`, facts);
  }
  const facts = { receivable: id, status };
  throw CONTRACT_PROBLEMS.ReceivableNotConfirmed(
    `${act} asks for a confirmed receivable, this one is ${status}`,
    facts,
  );
}
