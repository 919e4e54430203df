import { blockSeconds } from './seconds-schema.js';

it('takes what can be told as a date alone', () => {
  expect(new Date(blockSeconds.parse(2 ** 40 - 1) * 1000).toISOString()).toBe('+036812-02-20T00:36:15.000Z');
  for (const seconds of [2 ** 40, Number.MAX_SAFE_INTEGER, -1, 1.5])
    expect(blockSeconds.safeParse(seconds).success).toBe(false);
});
