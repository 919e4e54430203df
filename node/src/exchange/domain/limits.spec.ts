import { answerWithin, CLOCK_TOLERANCE_MS, largestSealedBytes, LONGEST_PAUSE_MS, pauseAfter } from './limits.js';

const LARGEST_DOCUMENT = 5 * 1024 * 1024;
const DOOR_WAITS_MS = 120_000;

it('gives large envelopes the time that they take on a thin line, and none so much that it is too old when it arrives', () => {
  const largest = largestSealedBytes(LARGEST_DOCUMENT);
  const sendingAtOneMegabit = (largest / 131_072) * 1000;
  expect(answerWithin(largest)).toBeGreaterThan(sendingAtOneMegabit);
  expect(answerWithin(largest)).toBeGreaterThan(DOOR_WAITS_MS);
  expect(answerWithin(largest)).toBeLessThan(CLOCK_TOLERANCE_MS / 1.5);
  expect(answerWithin(2000)).toBeLessThan(31_000);
});

it('pauses longer and longer between attempts, up to a minute', () => {
  expect([1, 2, 3].map((attempts) => pauseAfter(attempts, 0))).toEqual([500, 1000, 2000]);
  expect(pauseAfter(50, 0)).toBe(LONGEST_PAUSE_MS);
  expect(pauseAfter(50, 1)).toBe(LONGEST_PAUSE_MS * 0.8);
});
