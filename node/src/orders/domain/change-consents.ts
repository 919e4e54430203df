import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { LenderConsent, SignedConsent } from '../../receivables/domain/signed-consent.js';

/** A lender's claim that rests on an order, as far as its consent is concerned. */
export interface ConsentingClaim {
  readonly object: Hex;
  readonly lender: Hex;
  readonly state: string;
  readonly coverVersion: number;
}

/**
 * One consent for each claim that runs on an order, ascending by object, as the contract takes them; of two on one object the
 * later counts. Refuses with CONSENT_UNEXPECTED, ORDER_ALREADY_ENCUMBERED or ORDER_DESCENDANTS_ENCUMBERED where a lender’s is
 * missing, CONSENT_STALE, CONSENT_EXPIRED at block time `now`.
 */
export function requireConsents(
  order: Hex,
  claims: readonly ConsentingClaim[],
  consents: readonly LenderConsent[],
  now: number,
): LenderConsent[] {
  const given = new Map(consents.map(({ object, consent }) => [object, consent]));
  const surplus = [...given.keys()].find((object) => !claims.some((claim) => claim.object === object));
  if (surplus) throw CONTRACT_PROBLEMS.ConsentUnexpected('no claim on it rests on the order', { object: surplus });
  requireAll(order, claims, given);
  return claims
    .map((claim) => ({ object: claim.object, consent: fresh(claim, given.get(claim.object)!, now) }))
    .sort((a, b) => (a.object < b.object ? -1 : 1));
}

function requireAll(order: Hex, claims: readonly ConsentingClaim[], given: ReadonlyMap<Hex, SignedConsent>): void {
  const missing = claims.filter(({ object, lender }) => given.get(object)?.signer !== lender);
  const own = missing.find(({ object }) => object === order);
  if (own) {
    const detail = `it is ${own.state} to a lender, who has not consented to this version`;
    throw CONTRACT_PROBLEMS.OrderAlreadyEncumbered(detail, { order, state: own.state });
  }
  if (missing.length === 0) return;
  const below = claims.filter(({ object }) => object !== order).length;
  const facts = { order, encumbered: below, consented: below - missing.length };
  throw CONTRACT_PROBLEMS.OrderDescendantsEncumbered('not every lender below has consented to this version', facts);
}

function fresh({ object, coverVersion }: ConsentingClaim, consent: SignedConsent, now: number): SignedConsent {
  const { deadline, coverVersion: given } = consent;
  if (given !== coverVersion) {
    const facts = { object, given, current: coverVersion };
    throw CONTRACT_PROBLEMS.ConsentStale('a lender’s consent is older than what lowered the cover since', facts);
  }
  if (deadline < now)
    throw CONTRACT_PROBLEMS.ConsentExpired('a lender’s consent has expired', { object, deadline, timestamp: now });
  return consent;
}
