import { RateLimiter } from './rate-limiter.js';

it('counts each caller a minute', () => {
  let now = 0;
  const limiter = new RateLimiter(2, () => now);
  const take = (caller: string) => () => limiter.take(caller);
  take('a')();
  take('a')();
  expect(take('a')).toThrow('RATE_LIMITED');
  expect(take('b')).not.toThrow();
  now = 59_999;
  expect(take('a')).toThrow('RATE_LIMITED');
  now = 60_000;
  expect(take('a')).not.toThrow();
});

it('holds a bounded number of callers', () => {
  const limiter = new RateLimiter(1, () => 0);
  for (let n = 0; n < 100_000; n++) limiter.take(String(n));
  expect(() => limiter.take('0')).not.toThrow();
});
