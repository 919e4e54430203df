import { LONGEST_PAUSE_MS, pauseAfter } from './limits.js';

it('pauses twice as long after each failure, up to ten minutes, and a fifth less at most', () => {
  expect([1, 2, 3, 10].map((failures) => pauseAfter(failures, 0))).toEqual([1000, 2000, 4000, 512_000]);
  expect([11, 10_000].map((failures) => pauseAfter(failures, 0))).toEqual([LONGEST_PAUSE_MS, LONGEST_PAUSE_MS]);
  expect([pauseAfter(1, 1), pauseAfter(10_000, 1)]).toEqual([800, LONGEST_PAUSE_MS * 0.8]);
});
