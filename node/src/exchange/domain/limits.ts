/** How far sender's and recipient's clocks may be apart, both ways, in milliseconds; it includes the way there. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** How long an envelope is tried before its sender sets it aside, in milliseconds. */
export const DELIVERY_PERIOD_MS = 7 * 24 * 3600_000;

/** Longest pause between two attempts, in milliseconds: a counterparty that comes back is served within it. */
export const LONGEST_PAUSE_MS = 60_000;

/** Longest that a counterparty's node which has taken its day's fill of this member is left alone, in milliseconds. */
export const LONGEST_QUOTA_PAUSE_MS = 10 * 60_000;

/** How long a counterparty may take to answer, in milliseconds, once it has an envelope. */
export const ANSWER_WITHIN_MS = 30_000;

/** The thinnest line on which an envelope that travels alone arrives, in bytes a second. */
export const SLOWEST_BYTES_PER_SECOND = 128 * 1024;

/** How long an attempt may take in all, in milliseconds: within the tolerance of clocks, as the envelope is sealed before it. */
export function answerWithin(sealedBytes: number): number {
  return ANSWER_WITHIN_MS + Math.ceil((sealedBytes / SLOWEST_BYTES_PER_SECOND) * 1000);
}

/**
 * How long a process keeps an envelope that it is delivering to itself, in milliseconds, beside the time that its bytes take; then it
 * is taken for dead.
 */
export const LEASE_MS = ANSWER_WITHIN_MS + 5_000;

/** How long a recipient waits for its own index to catch up with the sender's, in milliseconds. */
export const CATCH_UP_MS = 2_000;

/** Envelopes delivered to one counterparty at once; each is about another object. */
export const AT_ONCE = 8;

/** Envelopes to one counterparty that a process takes from the outbox at a time. */
export const CLAIMED_AT_ONCE = 64;

/**
 * Bytes of their bodies, unless one alone is larger: sealing takes several times as much, and the largest of many objects, one for each of an
 * AT_ONCE, are more than a process may have.
 */
export const CLAIMED_BYTES_AT_ONCE = 8 * 1024 * 1024;

/** Envelopes that a node takes from one address a minute, before it looks at them. */
export const ENVELOPES_A_MINUTE = 120_000;

/** Envelopes of one sender that a node keeps set aside before it refuses to add to them. */
export const MOST_SET_ASIDE = 1_000;

/** Objects and roots by which a letter is filed, at most: no proper body of any type names more. */
export const MOST_CARRIED = 2_000;

/** Largest answer that is read from a counterparty's node, in bytes: a receipt is under two thousand. */
export const LARGEST_ANSWER_BYTES = 64 * 1024;

/** Largest body of an envelope, in bytes: a document as large as the API takes, in base64, and what goes with it. */
export function largestBodyBytes(maxBodyBytes: number): number {
  return Math.ceil(maxBodyBytes * 1.5);
}

/** Largest envelope as it travels, in bytes: the body in base64 twice over, once signed and once encrypted. */
export function largestSealedBytes(maxBodyBytes: number): number {
  return largestBodyBytes(maxBodyBytes) * 2 + 16_384;
}

/** Bodies that say that they are no larger are not counted among those held at once, in bytes: connections are limited. */
export const SMALL_BODY_BYTES = 64 * 1024;

/** Most that a process holds at once of the bodies of larger envelopes, in bytes: four of the largest. */
export function bytesHeldAtOnce(maxBodyBytes: number): number {
  return 4 * largestSealedBytes(maxBodyBytes);
}

/** Pause before attempt `attempts + 1`, in milliseconds: doubling from half a second, up to a fifth off at random. */
export function pauseAfter(attempts: number, random = Math.random()): number {
  const pause = Math.min(500 * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE_MS);
  return Math.round(pause * (1 - random / 5));
}
