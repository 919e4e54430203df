import { ZERO } from '../../fulfilment/domain/fulfilment-log.js';
import type { Hex } from '../../kernel/hex.js';
import type { EncumbranceOnChain } from './chain-state.js';
import type { OrderEvidence, Viewpoint } from './evidence.js';
import { type Fragment, invalid, valid } from './fragment.js';

/** A reservation that was not disbursed in time is over by itself, whatever the slot still says. */
export function isLive({ state, disburseBy }: EncumbranceOnChain, now: number): boolean {
  return state !== 'NONE' && !(state === 'RESERVED' && now > disburseBy);
}

/** Free, or whose: another lender's claim is never named, only that there is one. */
export function judgeEncumbrance(
  noun: 'order' | 'receivable',
  object: Hex,
  encumbrance: EncumbranceOnChain,
  { now, accounts }: Viewpoint,
  descendants = 0,
): Fragment {
  const data = { object, state: encumbrance.state, encumberedDescendants: descendants };
  if (!isLive(encumbrance, now)) {
    if (descendants > 0)
      return invalid(
        'ENCUMBRANCE',
        'ORDER_DESCENDANTS_ENCUMBERED',
        `${descendants} receivable of this order is encumbered.`,
        data,
      );
    return valid('ENCUMBRANCE', `The ${noun} is free.`, { ...data, state: 'NONE' });
  }
  if (encumbrance.state === 'UNKNOWN')
    return invalid(
      'ENCUMBRANCE',
      'ENCUMBRANCE_UNKNOWN',
      `A lender has something of the ${noun} that this program does not know.`,
      data,
    );
  if (accounts.has(encumbrance.lender))
    return valid('ENCUMBRANCE', `The ${noun} is ${encumbrance.state} to you.`, { ...data, yours: true });
  const code = noun === 'order' ? 'ORDER_ALREADY_ENCUMBERED' : 'RECEIVABLE_ALREADY_ENCUMBERED';
  return invalid('ENCUMBRANCE', code, `The ${noun} is ${encumbrance.state} to another lender.`, data);
}

/**
 * The same of an order: the first claim on it takes its buyer's tags of it, and where another order has them, it is the same purchase
 * order, posted twice and financed as the other (rule 2).
 */
export function judgeOrderEncumbrance(evidence: OrderEvidence, viewpoint: Viewpoint, descendants = 0): Fragment {
  const { order, encumbrance, tagsTakenBy } = evidence;
  const fragment = judgeEncumbrance('order', order, encumbrance, viewpoint, descendants);
  if (fragment.status !== 'VALID' || isLive(encumbrance, viewpoint.now)) return fragment;
  const takenBy = tagsTakenBy?.find((taker) => taker !== ZERO && taker !== order);
  if (takenBy === undefined) return withUntagged(fragment, [evidence]);
  const message =
    'The buyer posted the same purchase order twice, and a lender financed the other: none can have this one.';
  return invalid('ENCUMBRANCE', 'ORDER_TAG_TAKEN', message, { ...fragment.data, takenBy });
}

/** What is free is so by ids alone, as far as tags are not here. */
export function withUntagged(fragment: Fragment, orders: readonly OrderEvidence[]): Fragment {
  const untagged = orders.filter(({ tagsTakenBy }) => tagsTakenBy === undefined).map(({ order }) => order);
  if (untagged.length === 0) return fragment;
  const { code, message } = fragment.reason;
  const unchecked =
    'Not checked, since the buyer’s tags are not here: whether it posted a purchase order twice and the other is financed.';
  return { ...fragment, reason: { code, message: `${message} ${unchecked}` }, data: { ...fragment.data, untagged } };
}
