import type { ChainOrder } from '../storage/chain-orders.js';

/** What an order that has ended, or a new version, does not await. */
export const NOTHING_PENDING = {
  cancel_proposed_by: null,
  complete_proposed_by: null,
  pending_version: null,
} as const satisfies Partial<ChainOrder>;
