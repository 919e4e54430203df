import { ZERO } from '../../../fulfilment/domain/fulfilment-log.js';
import type { OrderState, ReceivableState } from '../chain-state.js';
import type { Bundle } from './bundle.js';
import { type ProvenState, StateRefused } from './prove-state.js';

/** That each receivable was born from the orders, and is a part of the one, that the file says. Throws {@link StateRefused}. */
export function requireBirths({ receivables }: Bundle, { chain, slots }: ProvenState): void {
  for (const { id, orders, parent } of receivables) {
    const born = chain.readBirth(id, orders.length, slots.ReceivableRegistry);
    if (born?.join() !== orders.join())
      throw new StateRefused('ORDERS_MISMATCH', 'A receivable was born from other orders than the file says.');
    const proven = chain.readParent(id, slots.ReceivableRegistry);
    if ((proven ?? ZERO) !== parent)
      throw new StateRefused('PARENT_MISMATCH', 'A receivable is a part of another than the file says.');
  }
}

/**
 * Exactly the members that the objects name, under the names and with accounts that the member registry has for them. Throws
 * {@link StateRefused}.
 */
export function requireParties(
  { members }: Bundle,
  { chain, slots: { MemberRegistry } }: ProvenState,
  orders: readonly OrderState[],
  receivables: readonly ReceivableState[],
): void {
  const ofOrders = orders.flatMap(({ buyer, supplier }) => [buyer, supplier]);
  const ofReceivables = receivables.flatMap(({ obligor, supplier }) => [obligor, supplier]);
  const parties = [...new Set([...ofOrders, ...ofReceivables])].sort((a, b) => a - b);
  if (parties.join() !== members.map(({ number }) => number).join())
    throw new StateRefused(
      'PARTIES_MISMATCH',
      'The members that the file names are not the parties of what it is about.',
    );
  for (const { number, name, operators } of members) {
    if (chain.readName(name, MemberRegistry) !== number)
      throw new StateRefused('NAME_MISMATCH', `Member ${number} does not bear the name that the file gives it.`);
    if (operators.some((account) => chain.readOperator(account, MemberRegistry).member !== number))
      throw new StateRefused('OPERATOR_MISMATCH', `An account in the file does not act for ${name}.`);
  }
}
