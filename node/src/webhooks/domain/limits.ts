/** Webhooks of one node. */
export const MOST_WEBHOOKS = 50;

/** How long a receiver may take to answer, in milliseconds. */
export const ANSWER_WITHIN_MS = 10_000;

/** How long a process keeps a webhook to itself, in milliseconds; then it is taken for dead. */
export const LEASE_MS = ANSWER_WITHIN_MS + 5_000;

/** Events that are written down for a webhook at a time; no more are while one of them waits. */
export const PLANNED_AT_ONCE = 500;

/** Deliveries after which their outcome is written down: as many may be repeated after a kill. */
export const SETTLED_AT_ONCE = 25;

/** Longest pause between two attempts, in milliseconds. */
export const LONGEST_PAUSE_MS = 10 * 60_000;

/** How long a receiver may fail before its webhook is disabled, in milliseconds. */
export const GIVE_UP_AFTER_MS = 5 * 24 * 3600_000;

/** And how often in a row, which takes eight hours: else a node that was away itself for as long would disable a webhook at its second failure. */
export const GIVE_UP_AFTER_FAILURES = 60;

/** How long a settled delivery stays in the list, in days. */
export const KEPT_DAYS = 30;

/** How long the old secret signs too after a rotation, in seconds: default and most. */
export const OVERLAP_SECONDS = { default: 24 * 3600, most: 7 * 24 * 3600 };

/** Pause after `failures` in a row, in milliseconds: doubling from a second, up to a fifth off at random. */
export function pauseAfter(failures: number, random = Math.random()): number {
  const pause = Math.min(1000 * 2 ** Math.min(failures - 1, 20), LONGEST_PAUSE_MS);
  return Math.round(pause * (1 - random / 5));
}

/** Largest answer that a receiver may give, in bytes; nothing is made of it. */
export const LARGEST_ANSWER_BYTES = 64 * 1024;
