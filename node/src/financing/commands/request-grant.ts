import { matches, PROFILES } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { evidenceInvalid } from '../domain/problems.js';
import type { RequestBody } from './envelopes.js';
import { MOST_SHOWN } from './evidence-builder.js';

/**
 * Refuses with EVIDENCE_INVALID a request whose grant is not the one that a holder may give by itself: for what money is asked on, and for
 * no more than a credit decision and the claim's identity take. More is for the claim's other side to agree to, in a grant of its own.
 */
export function requireRequestGrant(financing: Hex, { object, onOrder, grant }: RequestBody): void {
  if (grant.financing !== financing || grant.object !== object || grant.onOrder !== onOrder) {
    throw evidenceInvalid('its grant is for something else', { financing });
  }
  if (grant.purpose !== PROFILES.CREDIT_DECISION.purpose) {
    throw evidenceInvalid('its grant is not for a credit decision', { financing, purpose: grant.purpose });
  }
  const beyond = grant.fields.filter((field) => !MOST_SHOWN.some((pattern) => matches(pattern, field)));
  if (beyond.length > 0) {
    throw evidenceInvalid('its grant is for more than a holder may show by itself', { financing, fields: beyond });
  }
}
