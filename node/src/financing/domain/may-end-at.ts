import type { OfferTerms } from './offer.js';
import { type FinancingStatus, isOver } from './states.js';

/** After so many seconds of block time one that only a word on chain ends is looked at all the same: a reorg may have taken one back. */
const AT_LEAST_EVERY = 7 * 86_400;

interface Standing {
  readonly status: FinancingStatus;
  readonly financing: { readonly offer: { readonly terms: Pick<OfferTerms, 'expiresAt' | 'disburseBy'> } | null };
}

/**
 * Block time (seconds) from which a financing may be over though nobody says anything more of it, as it stands at `now`; null when it is
 * over (rule 6).
 */
export function mayEndAt({ status, financing: { offer } }: Standing, now: number): number | null {
  if (isOver(status)) return null;
  // The last seconds at which something can still follow. What was offered may be agreed to meanwhile, which nobody is told here.
  const { expiresAt, disburseBy } = offer?.terms ?? {};
  const last = { OFFERED: [expiresAt, disburseBy], AGREED: [disburseBy] } as Partial<Record<FinancingStatus, number[]>>;
  const coming = (last[status] ?? []).filter((second) => second >= now);
  return coming.length > 0 ? Math.min(...coming) + 1 : now + AT_LEAST_EVERY;
}
