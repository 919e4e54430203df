/** How far sender's and recipient's clocks may be apart, both ways, in milliseconds; it includes the way there. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** How long an envelope is tried before its sender sets it aside, in milliseconds. */
export const DELIVERY_PERIOD_MS = 7 * 24 * 3600_000;

/** Longest pause between two attempts, in milliseconds: a counterparty that comes back is served within it. */
export const LONGEST_PAUSE_MS = 60_000;

/** Envelopes of one sender that a node keeps set aside before it takes no more that it would have to. */
export const MOST_SET_ASIDE = 1_000;

/** Largest answer that is read from a counterparty's node, in bytes: a receipt is under two thousand. */
export const LARGEST_ANSWER_BYTES = 64 * 1024;

/** Base64 three times over (the document in its body, the signed and the encrypted form) makes 2.4 bytes of one. */
export function largestSealedBytes(maxBodyBytes: number): number {
  return maxBodyBytes * 3;
}

/** Pause before attempt `attempts + 1`, in milliseconds: doubling from half a second, up to a fifth off at random. */
export function pauseAfter(attempts: number, random = Math.random()): number {
  const pause = Math.min(500 * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE_MS);
  return Math.round(pause * (1 - random / 5));
}
