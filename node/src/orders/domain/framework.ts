import type { OrderModel } from '../../documents/model/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import type { Framing } from './order-type.js';
import type { Order } from './order.js';
import { startOfDay } from './offer-expiry.js';
import { frameworkMismatch, frameworkNotBegun, frameworkTermEmpty } from './problems.js';
import { requireAct, requireParty } from './require-act.js';

export const UNFRAMED: Framing = { type: 'ORDER', framework: null };

/** What binds an order's first version to its framing; empty for one that has none. */
export const framingBinding = ({ type, framework }: Framing) => ({
  ...(type === 'FRAMEWORK' && { orderType: type }),
  ...(framework && { framework }),
});

type Known = Pick<Order, 'id' | 'type'>;

/** Refuses with ORDER_IS_FRAMEWORK what is done to call-offs, not to the contract itself. */
export function requireNoFramework({ id, type }: Known): void {
  if (type !== 'FRAMEWORK') return;
  throw CONTRACT_PROBLEMS.OrderIsFramework('this is done to an order that calls off the framework contract', {
    order: id,
  });
}

/** Refuses with ORDER_NOT_FRAMEWORK an order that is no framework contract. */
export function requireFrameworkItself({ id, type }: Known): void {
  if (type === 'FRAMEWORK') return;
  throw CONTRACT_PROBLEMS.OrderNotFramework('this is about framework contracts, and the order is none', { order: id });
}

/**
 * Refuses a framework that `buyer` cannot call off at block time `now`, as the contract would: ORDER_UNAUTHORIZED,
 * ORDER_NOT_FRAMEWORK, ORDER_INVALID_STATUS, ORDER_LAPSED.
 */
export function requireCallable(framework: Order, buyer: number, now: number): void {
  requireParty(framework, buyer, ['BUYER']);
  requireFrameworkItself(framework);
  requireAct(framework, 'callOff', buyer, now);
}

/** Refuses with FRAMEWORK_NOT_BEGUN at block time `now` what is called off before the first day (UTC) that the contract names. */
export function requireBegun({ number, validFrom }: OrderModel, now: number): void {
  if (!(startOfDay(validFrom) > now)) return;
  throw frameworkNotBegun(`contract ${number} can be called off from ${validFrom}`, { validFrom, timestamp: now });
}

/** Refuses with FRAMEWORK_TERM_EMPTY a contract whose first day comes after its last second, `end` in block time. */
export function requireTerm({ validFrom }: OrderModel, end: number): void {
  if (!(startOfDay(validFrom) > end)) return;
  const facts = { validFrom, expiresAt: timeOf(end) };
  throw frameworkTermEmpty(`it begins on ${validFrom} and ends at ${facts.expiresAt}`, facts);
}

/** Refuses with FRAMEWORK_MISMATCH a call-off that names the number of another framework contract than it calls off. */
export function requireContract(framework: OrderModel, { contract }: OrderModel): void {
  if (contract === undefined || normaliseNumber(contract) === normaliseNumber(framework.number)) return;
  throw frameworkMismatch(`the order names contract ${contract}, not ${framework.number}`, {
    field: '/contract',
    expected: framework.number,
    found: contract,
  });
}

/**
 * Refuses with FRAMEWORK_MISMATCH a document whose fields of version 1 say otherwise than the chain whether the order is a
 * framework contract, or which one it calls off: nobody accepts what it was posted as something else.
 */
export function requireFraming(
  { id, type, framework }: Pick<Order, 'id' | 'type' | 'framework'>,
  fields: readonly { readonly path: string; readonly value: string }[],
): void {
  const said = (path: string) => fields.find((field) => field.path === path)?.value;
  const asPosted = (said('/orderType') ?? 'ORDER') === type && (said('/framework') ?? null) === framework;
  if (asPosted) return;
  throw frameworkMismatch('the document says otherwise than the chain what the order is to a framework contract', {
    order: id,
    type,
    framework,
  });
}
