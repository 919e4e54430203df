import { DEFAULT_VALIDITY_DAYS, offerExpiry } from './offer-expiry.js';
import { isStanding } from './order-status.js';

const NOW = Date.parse('2026-11-22T12:00:00Z') / 1000;

describe('offerExpiry', () => {
  it('is the time asked for', () => {
    expect(offerExpiry(NOW, NOW + 17, '2026-12-01')).toBe(NOW + 17);
    expect(offerExpiry(NOW, NOW)).toBe(NOW);
  });

  it('is refused when it has passed', () => {
    expect(() => offerExpiry(NOW, NOW - 1)).toThrow(expect.objectContaining({ code: 'ORDER_EXPIRY_PAST' }));
  });

  it('is else the end of the last day that the document names', () => {
    expect(offerExpiry(NOW, undefined, '2026-11-22')).toBe(Date.parse('2026-11-22T23:59:59Z') / 1000);
  });

  it.each([['2010-02-25'], [undefined], ['2026-13-45']])('is 90 days on when the document names %s', (validUntil) => {
    expect(offerExpiry(NOW, undefined, validUntil)).toBe(NOW + DEFAULT_VALIDITY_DAYS * 86_400);
  });
});

describe('isStanding', () => {
  it.each([
    ['POSTED', 0, true],
    ['POSTED', -1, false],
    ['ACCEPTED', -1, true],
    ['COMPLETED', -1, true],
    ['REJECTED', 0, false],
    ['WITHDRAWN', 0, false],
    ['EXPIRED', 0, false],
    ['CANCELLED', 0, false],
  ] as const)('%s, %i seconds to its expiry: %s', (status, left, stands) => {
    expect(isStanding({ status, expiry: NOW + left }, NOW)).toBe(stands);
  });
});
