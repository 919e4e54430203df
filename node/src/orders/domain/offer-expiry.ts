import { timeOf } from '../../kernel/block-time.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';

const DAY = 86_400;

/** How long an offer stands that names no end, in days. */
export const DEFAULT_VALIDITY_DAYS = 90;

/**
 * Last second at which an offer can be accepted: the one asked for, else the end (UTC) of the last day that the document
 * names, else 90 days from block time `now`. A day in the past is taken for none, since old documents are posted too.
 * Throws ORDER_EXPIRY_PAST when what is asked for has passed, as the contract would.
 */
export function offerExpiry(now: number, asked?: number, validUntil?: string): number {
  if (asked !== undefined && asked < now) {
    throw CONTRACT_PROBLEMS.OrderExpiryPast(`${timeOf(asked)} has passed`, {
      expiry: asked,
      timestamp: now,
    });
  }
  const named = endOfDay(validUntil);
  return asked ?? (named >= now ? named : now + DEFAULT_VALIDITY_DAYS * DAY);
}

/** First second (UTC) of the day that a document names; NaN for none. */
export function startOfDay(day: string | undefined): number {
  return day === undefined ? Number.NaN : Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 1000;
}

/** Last second (UTC) of the day that a document names; NaN for none. */
export function endOfDay(day: string | undefined): number {
  return day === undefined ? Number.NaN : Date.parse(`${day.slice(0, 10)}T23:59:59Z`) / 1000;
}
