import { fromContent, toContent } from './offer-content.js';
import type { OfferTerms } from './offer.js';

const ID = `0x${'01'.repeat(32)}` as const;
const terms: OfferTerms = {
  advance: { amount: '80.00', currency: 'GBP' },
  ...{ discountBps: 450, feeBps: 0, dayCount: 'ACT/360', repayBy: '2027-01-31', recourse: true, kind: 'PLEDGE' },
  ...{ expiresAt: 1_000, disburseBy: 2_000 },
};

const request = { id: ID, requested: { amount: '90.00', currency: 'GBP' } };

describe('what an offer commits to', () => {
  it('is its terms', () => expect(fromContent(request, toContent(ID, terms))).toEqual(terms));

  it.each([
    ['of another financing', { financing: `0x${'02'.repeat(32)}` }],
    ['without an amount', { advance: undefined }],
    ['with an amount in another spelling', { advance: '+80.00' }],
    ['with an amount without its minor units', { advance: '80' }],
    ['with a part of a penny', { advance: '80.005' }],
    ['with nothing', { advance: '0.00' }],
    ['with words for an amount', { advance: 'abc' }],
    ['in another currency than was asked for', { currency: 'EUR' }],
    ['in no currency', { currency: 'XXQ' }],
    ['with a rate below nothing', { discountBps: -1 }],
    ['with a day count that nobody knows', { dayCount: 'ACT/ACT' }],
    ['with more than terms', { gift: true }],
  ])('is refused %s', (_, change) => {
    expect(() => fromContent(request, { ...toContent(ID, terms), ...change })).toThrow('OFFER_TERMS_INVALID');
  });
});
