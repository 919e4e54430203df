import type { OrderResponseModel } from '../../documents/model/index.js';
import { orderResponseContradicts } from './problems.js';

/**
 * What each answer's document must not say. AMENDED accepts nothing by itself: what was posted it rejects with a counter-offer, or
 * the call accepts it as posted and this proposes a change, as it does to what was accepted before.
 */
const CONTRARY = {
  ACCEPTED: ['REJECTED', 'AMENDED'],
  REJECTED: ['ACCEPTED'],
  CHANGED: ['ACCEPTED', 'REJECTED', 'ACKNOWLEDGED'],
} as const satisfies Record<string, readonly OrderResponseModel['decision'][]>;

/** Refuses with ORDER_RESPONSE_CONTRADICTS a response that decides otherwise than the call that carries it. */
export function requireDecision({ decision }: OrderResponseModel, answer: keyof typeof CONTRARY): void {
  if (!CONTRARY[answer].some((contrary) => contrary === decision)) return;
  const amends = decision === 'AMENDED' ? ': reject the order with it, or accept it with changes' : '';
  const detail = `the document says ${decision}, the call ${answer}${amends}`;
  throw orderResponseContradicts(detail, { document: decision, answer });
}
