import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Receivable } from '../domain/receivable.js';
import type { LenderConsent } from '../domain/signed-consent.js';
import type { Receivables } from './receivables.js';

/**
 * Refuses with RECEIVABLE_ALREADY_ENCUMBERED or ORDER_ALREADY_ENCUMBERED while a lender's claim reaches a receivable, unless it is
 * one on an order whose lender consents. Returns the consents of the claims that run, in the orders' order.
 */
export async function requireNoClaim(
  receivables: Receivables,
  { id, orders }: Receivable,
  consents: readonly LenderConsent[] = [],
): Promise<LenderConsent[]> {
  const running = await receivables.encumbrancesOn([id, ...orders]);
  const given = running.flatMap((claim) =>
    consents.filter(
      ({ object, consent }) => object === claim.object && consent.signer === claim.lender && claim.onOrder,
    ),
  );
  const foreign = running.filter(({ object }) => !given.some((each) => each.object === object));
  const [first] = foreign.sort((a, b) => Number(a.onOrder) - Number(b.onOrder));
  if (!first) return given.sort((a, b) => (a.object < b.object ? -1 : 1));
  const { object, state, onOrder } = first;
  if (onOrder) {
    throw CONTRACT_PROBLEMS.OrderAlreadyEncumbered(`its order is ${state} to a lender`, { order: object, state });
  }
  throw CONTRACT_PROBLEMS.ReceivableAlreadyEncumbered(`it is ${state} to a lender`, { receivable: id, state });
}
