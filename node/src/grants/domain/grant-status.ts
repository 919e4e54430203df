import type { Grant, GrantOnChain } from './grant.js';

/** PROPOSED: the other owner has not agreed; WITHDRAWN: nor will it. PENDING: not on chain yet. */
export const GRANT_STATUSES = ['PROPOSED', 'WITHDRAWN', 'PENDING', 'UPCOMING', 'ACTIVE', 'EXPIRED', 'REVOKED'] as const;
export type GrantStatus = (typeof GRANT_STATUSES)[number];

/**
 * Where a grant stands at block time `now`, by the chain's word. All three doors ask this. There is no tolerance in it:
 * every node has the same blocks, so `until` is the same block everywhere, whatever the hosts' clocks say.
 */
export function statusOf(
  grant: Pick<Grant, 'commitment' | 'needsApproval' | 'approval' | 'withdrawn' | 'from' | 'until'>,
  chain: GrantOnChain | undefined,
  now: number,
): GrantStatus {
  if (chain?.commitment !== grant.commitment) {
    if (grant.withdrawn) return 'WITHDRAWN';
    return grant.needsApproval && !grant.approval ? 'PROPOSED' : 'PENDING';
  }
  if (chain.revokedAt !== null) return 'REVOKED';
  if (now >= grant.until) return 'EXPIRED';
  return now < grant.from ? 'UPCOMING' : 'ACTIVE';
}
