import { dayOf } from '../../kernel/block-time.js';
import type { Problem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { defaultDisburseBy, type OfferTerms, requireOffer } from './offer.js';
import { orderCover } from './order-value.js';

const NOW = 1_800_000_000;
const DAY = 86_400;
const cover = { amount: '96.75', currency: 'GBP' };
const terms = (more: Partial<OfferTerms> = {}): OfferTerms => ({
  advance: { amount: '96.75', currency: 'GBP' },
  discountBps: 450,
  feeBps: 0,
  dayCount: 'ACT/360',
  repayBy: '2027-02-01',
  recourse: true,
  kind: 'ASSIGNMENT',
  expiresAt: NOW + DAY,
  disburseBy: NOW + 5 * DAY,
  ...more,
});

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as Problem).code;
  }
}

describe('requireOffer', () => {
  it.each<[string, Partial<OfferTerms>, string]>([
    ['the whole cover', {}, 'none'],
    ['a penny more', { advance: { amount: '96.76', currency: 'GBP' } }, 'ADVANCE_EXCEEDS_COVER'],
    ['another currency', { advance: { amount: '1', currency: 'EUR' } }, 'CURRENCY_MISMATCH'],
    ['nothing', { advance: { amount: '0', currency: 'GBP' } }, 'AMOUNT_INVALID'],
    ['less than nothing', { advance: { amount: '-5', currency: 'GBP' } }, 'AMOUNT_INVALID'],
    ['a part of a penny', { advance: { amount: '5.001', currency: 'GBP' } }, 'AMOUNT_INVALID'],
    ['an offer that has expired', { expiresAt: NOW }, 'OFFER_TERMS_INVALID'],
    ['a disbursement in the past', { disburseBy: NOW - 1 }, 'OFFER_TERMS_INVALID'],
    ['a repayment by no day', { repayBy: 'x' }, 'OFFER_TERMS_INVALID'],
    ['a repayment by a day that never comes', { repayBy: '2027-02-30' }, 'OFFER_TERMS_INVALID'],
    ['a repayment by yesterday', { repayBy: dayOf(NOW - DAY) }, 'OFFER_TERMS_INVALID'],
    ['a repayment today', { repayBy: dayOf(NOW) }, 'none'],
    ['a reservation of more than five days', { disburseBy: NOW + 5 * DAY + 1 }, 'OFFER_TERMS_INVALID'],
  ])('%s: %s', (_, more, code) => expect(codeOf(() => requireOffer(terms(more), cover, NOW))).toBe(code));

  it.each([' +080.00 ', '080', '80.', '80.0'])('answers an advance of %j as it is computed with', (amount) => {
    const asked = terms({ advance: { amount, currency: 'GBP' } });
    expect(requireOffer(asked, cover, NOW)).toEqual(terms({ advance: { amount: '80.00', currency: 'GBP' } }));
  });

  it('takes its own default', () => {
    expect(codeOf(() => requireOffer(terms({ disburseBy: defaultDisburseBy(NOW) }), cover, NOW))).toBe('none');
  });
});

describe('orderCover (rule 5)', () => {
  const text = (value: string, bps: number, advanced: string, digits = 2) =>
    orderCover(Rational.parse(value), bps, Rational.parse(advanced), digits).toFixed(digits);

  it('is value times rate, rounded down, less what is advanced', () => {
    expect(text('1000', 8_000, '0')).toBe('800.00');
    expect(text('0.99', 8_000, '0')).toBe('0.79');
    expect(text('999', 3_333, '0', 0)).toBe('332');
    expect(text('1000', 8_000, '300.50')).toBe('499.50');
    expect(text('1000', 8_000, '900')).toBe('0.00');
  });
});
