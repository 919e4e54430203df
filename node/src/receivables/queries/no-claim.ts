import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Receivable } from '../domain/receivable.js';
import type { Receivables } from './receivables.js';

/** Refuses with RECEIVABLE_ALREADY_ENCUMBERED or ORDER_ALREADY_ENCUMBERED while a lender's claim reaches a receivable. */
export async function requireNoClaim(receivables: Receivables, { id, orders }: Receivable): Promise<void> {
  const running = await receivables.encumbrancesOn([id, ...orders]);
  const [first] = running.sort((a, b) => Number(a.onOrder) - Number(b.onOrder));
  if (!first) return;
  const { object, state, onOrder } = first;
  if (onOrder) {
    throw CONTRACT_PROBLEMS.OrderAlreadyEncumbered(`its order is ${state} to a lender`, { order: object, state });
  }
  throw CONTRACT_PROBLEMS.ReceivableAlreadyEncumbered(`it is ${state} to a lender`, { receivable: id, state });
}
