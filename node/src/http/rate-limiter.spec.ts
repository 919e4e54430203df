import { networkOf, RateLimiter } from './rate-limiter.js';

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

it.each([
  ['2001:db8:0:1::5', '2001:db8:0:1::/64'],
  ['2001:0DB8::1:ffff:2:3:4', '2001:db8:0:1::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b:1:2:3:4:10.0.0.1', '64:ff9b:1:2::/64'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.1'],
  ['key:1', 'key:1'],
  ['::ffff:a00:1', 'a00:1'],
  ['0:0:0:0:0:ffff:10.0.0.1', '10.0.0.1'],
])('counts %s as %s', (caller, network) => expect(networkOf(caller)).toBe(network));

it('holds a bounded number of callers', () => {
  const limiter = new RateLimiter(1, () => 0);
  for (let n = 0; n < 100_000; n++) limiter.take(String(n));
  expect(() => limiter.take('0')).not.toThrow();
});
