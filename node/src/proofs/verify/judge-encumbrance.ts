import type { Hex } from '../../kernel/hex.js';
import type { EncumbranceOnChain } from './chain-state.js';
import type { Viewpoint } from './evidence.js';
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
