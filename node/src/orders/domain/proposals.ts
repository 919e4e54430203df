import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { Order } from './order.js';

/** Refuses with ORDER_ALREADY_PROPOSED when `proposer` of what is asked is `member`: the other side has the word. */
export function requireNotProposed({ id }: Order, proposer: number | null, member: number): void {
  if (proposer !== member) return;
  const facts = { order: id, member };
  throw CONTRACT_PROBLEMS.OrderAlreadyProposed('this was proposed before; now the other side has the word', facts);
}

/** Refuses with ORDER_NOTHING_PROPOSED unless `member` has a wish to cancel or complete open. */
export function requireProposed({ id, cancelProposedBy, completeProposedBy }: Order, member: number): void {
  if (cancelProposedBy === member || completeProposedBy === member) return;
  throw CONTRACT_PROBLEMS.OrderNothingProposed('this member has no open proposal here', { order: id, member });
}

/** Refuses with ORDER_ENCUMBERED while a lender's claim `running` rests on the order or on a receivable born from it (rule 3). */
export function requireUnencumbered(order: Hex, running: readonly { readonly object: Hex }[]): void {
  if (running.length === 0) return;
  const below = running.filter(({ object }) => object !== order).length;
  const facts = { order, encumbered: below < running.length, encumberedDescendants: below };
  throw CONTRACT_PROBLEMS.OrderEncumbered('a lender has a claim on this order or on what was born from it', facts);
}
