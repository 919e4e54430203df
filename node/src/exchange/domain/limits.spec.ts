import { LONGEST_PAUSE_MS, pauseAfter } from './limits.js';

it('pauses longer and longer between attempts, up to a minute', () => {
  expect([1, 2, 3].map((attempts) => pauseAfter(attempts, 0))).toEqual([500, 1000, 2000]);
  expect(pauseAfter(50, 0)).toBe(LONGEST_PAUSE_MS);
  expect(pauseAfter(50, 1)).toBe(LONGEST_PAUSE_MS * 0.8);
});
