import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { type ActRule, ORDER_ACTS, type OrderAct } from './order-acts.js';
import type { OrderStatus } from './order-status.js';
import { type Party, type Parties, partyOf } from './party.js';

/** What decides whether an act on an order is possible. */
export interface ActingOrder extends Parties {
  readonly id: Hex;
  readonly status: OrderStatus;
  /** Last second at which it can be accepted. */
  readonly expiry: number;
}

/**
 * Refuses early what the contract would refuse, with the same codes: ORDER_UNAUTHORIZED when `member` is not the side
 * that the act is for, ORDER_INVALID_TRANSITION or ORDER_INVALID_STATUS when the state does not allow it, ORDER_LAPSED
 * when it answers an offer, or calls off a framework contract, later than its expiry by block time `now`. Returns the member's side.
 */
export function requireAct(order: ActingOrder, act: OrderAct, member: number, now: number): Party {
  const rule: ActRule = ORDER_ACTS[act];
  const party = requireParty(order, member, rule.by);
  if (!rule.from.includes(order.status)) throw refused(order, rule);
  if (rule.lapses && now > order.expiry) {
    const facts = { order: order.id, expiry: order.expiry, timestamp: now };
    throw CONTRACT_PROBLEMS.OrderLapsed(`it stood until ${order.expiry}, it is ${now}`, facts);
  }
  return party;
}

/** The member's side, which must be one of `sides`; else ORDER_UNAUTHORIZED. */
export function requireParty(order: Parties & { readonly id: Hex }, member: number, sides: readonly Party[]): Party {
  const party = partyOf(order, member);
  if (party && sides.includes(party)) return party;
  const who = sides.map((side) => side.toLowerCase()).join(' or ');
  throw CONTRACT_PROBLEMS.OrderUnauthorized(`this is for the order's ${who}`, { order: order.id, member });
}

function refused(order: ActingOrder, rule: ActRule) {
  const { id, status } = order;
  if (!rule.to) {
    return CONTRACT_PROBLEMS.OrderInvalidStatus(`this is not done to an order that is ${status}`, {
      order: id,
      status,
    });
  }
  const facts = { order: id, from: status, to: rule.to };
  return CONTRACT_PROBLEMS.OrderInvalidTransition(`an order that is ${status} does not become ${rule.to}`, facts);
}
