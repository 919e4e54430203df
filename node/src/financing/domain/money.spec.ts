import fc from 'fast-check';
import { Rational } from '../../kernel/rational.js';
import { DAY_COUNTS, yearFraction } from './day-count.js';
import { priceAdvance, type PricingTerms } from './price.js';
import { applyRepaid, type Due, fullyRepaid } from './waterfall.js';

const number = Rational.parse;

describe('yearFraction', () => {
  it.each([
    ['2026-01-01', '2026-07-01', 'ACT/360', '181/360'],
    ['2026-01-01', '2027-01-01', 'ACT/365', '1'],
    ['2024-02-28', '2024-03-01', 'ACT/365', '2/365'],
    ['2026-01-31', '2026-02-28', '30/360', '28/360'],
    ['2026-01-30', '2026-03-31', '30/360', '60/360'],
    ['2026-01-01', '2027-01-01', '30/360', '1'],
    ['2026-05-30', '2026-05-31', '30/360', '0'],
  ] as const)('%s to %s by %s is %s', (from, to, count, expected) => {
    const [n, d] = expected.split('/');
    expect(yearFraction(from, to, count).compare(Rational.of(BigInt(n!), BigInt(d ?? 1)))).toBe(0);
  });

  it.each(DAY_COUNTS)('is 0 for no time and for time backwards: %s', (count) => {
    expect(yearFraction('2026-03-01', '2026-03-01', count).sign).toBe(0);
    expect(yearFraction('2026-03-02', '2026-03-01', count).sign).toBe(0);
  });

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-01-01T00:00:00Z'])('refuses %s', (date) => {
    expect(() => yearFraction(date, '2027-01-01', 'ACT/360')).toThrow(RangeError);
  });
});

describe('priceAdvance', () => {
  const terms = (more: Partial<PricingTerms>): PricingTerms => ({
    advance: number('80000.00'),
    discountBps: 450,
    feeBps: 25,
    dayCount: 'ACT/360',
    minorDigits: 2,
    ...more,
  });
  const priced = (more: Partial<PricingTerms>, digits = 2) => {
    const { discount, fees } = priceAdvance(terms(more), '2026-01-01', '2026-04-01');
    return [discount.toFixed(digits), fees.toFixed(digits)];
  };

  it('charges discount by time and fees once', () => {
    expect(priced({})).toEqual(['900.00', '200.00']);
    expect(priced({ dayCount: 'ACT/365' })).toEqual(['887.67', '200.00']);
    expect(priced({ discountBps: 0, feeBps: 0 })).toEqual(['0.00', '0.00']);
  });

  it('rounds to the minor unit of the currency', () => {
    expect(priced({ advance: number('12345'), minorDigits: 0 }, 0)).toEqual(['139', '31']);
    expect(priced({ advance: number('0.015'), minorDigits: 3 }, 3)).toEqual(['0.000', '0.000']);
  });
});

describe('waterfall (rule 8)', () => {
  const due: Due = { principal: number('80'), discount: number('1.5'), fees: number('0.5'), reserve: number('14.75') };
  const text = (repaid: string) =>
    Object.values(applyRepaid(number(repaid), due))
      .map((amount) => amount.toString())
      .join(' ');

  it.each([
    ['0', '0 0 0 0 0'],
    ['79.99', '79.99 0 0 0 0'],
    ['81', '80 1 0 0 0'],
    ['82', '80 1.5 0.5 0 0'],
    ['96.75', '80 1.5 0.5 14.75 0'],
    ['100', '80 1.5 0.5 14.75 3.25'],
  ])('uses %s as principal, discount, fees, reserve, unapplied: %s', (repaid, used) => expect(text(repaid)).toBe(used));

  it('takes nothing for a bucket that owes less than nothing', () => {
    expect(applyRepaid(number('10'), { ...due, reserve: number('-5') }).reserve.sign).toBe(0);
    expect(() => applyRepaid(number('-1'), due)).toThrow(RangeError);
  });

  it('is repaid in full with the last of the fees', () => {
    expect(fullyRepaid(number('81.99'), due)).toBe(false);
    expect(fullyRepaid(number('82'), due)).toBe(true);
  });

  it('conserves money in any sequence of repayments, and takes nothing back from where it went', () => {
    const cents = fc.bigInt({ min: 0n, max: 10n ** 18n }).map((units) => Rational.of(units, 100));
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 8 }), cents, cents, cents, cents, (repayments, ...owed) => {
        const [principal, discount, fees, reserve] = owed as [Rational, Rational, Rational, Rational];
        const buckets = { principal, discount, fees, reserve };
        let repaid = Rational.ZERO;
        let before = Object.values(applyRepaid(repaid, buckets));
        for (const amount of repayments) {
          repaid = repaid.plus(amount);
          const used = Object.values(applyRepaid(repaid, buckets));
          expect(Rational.sum(used).compare(repaid)).toBe(0);
          expect(used.every((part, i) => part.compare(before[i]!) >= 0)).toBe(true);
          before = used;
        }
      }),
    );
  });
});
