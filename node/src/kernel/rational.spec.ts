import fc from 'fast-check';
import { Rational } from './rational.js';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 8 }))
  .map(([units, digits]) => Rational.of(units, 10n ** BigInt(digits)));

describe('Rational', () => {
  it.each([
    ['0', '0'],
    ['107.50', '107.5'],
    ['-0.01', '-0.01'],
    ['1000000000000000000', '1000000000000000000'],
    ['0.1', '0.1'],
  ])('reads %s', (text, printed) => expect(Rational.parse(text).toString()).toBe(printed));

  it.each(['', '1e3', '+1', '01', '.5', '5.', '1,000', 'NaN', ' 1', '0x10', '--1'])('refuses %j', (text) => {
    expect(() => Rational.parse(text)).toThrow(RangeError);
  });

  it('floors towards minus infinity and rounds halves up', () => {
    expect(Rational.parse('2.679').floor(2).toFixed(2)).toBe('2.67');
    expect(Rational.parse('-2.671').floor(2).toFixed(2)).toBe('-2.68');
    expect(Rational.parse('-2.67').floor(2).toFixed(2)).toBe('-2.67');
    expect(Rational.parse('2.675').round(2).toFixed(2)).toBe('2.68');
    expect(Rational.parse('2.6749').round(2).toFixed(2)).toBe('2.67');
  });

  it('prints no digit that is not there', () => {
    expect(Rational.parse('5').toFixed(0)).toBe('5');
    expect(Rational.parse('-0.05').toFixed(2)).toBe('-0.05');
    expect(Rational.parse('0').toFixed(3)).toBe('0.000');
    expect(() => Rational.parse('0.005').toFixed(2)).toThrow(RangeError);
    expect(Rational.of(1, 3).toString()).toBe('1/3');
  });

  it('divides by nothing but numbers other than 0', () => {
    expect(() => Rational.ONE.over(Rational.ZERO)).toThrow(RangeError);
    expect(Rational.of(1, -2).toString()).toBe('-0.5');
  });

  it('obeys the laws of arithmetic exactly', () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        expect(a.plus(b).minus(b).compare(a)).toBe(0);
        expect(
          a
            .plus(b)
            .times(c)
            .compare(a.times(c).plus(b.times(c))),
        ).toBe(0);
        if (b.sign !== 0) expect(a.over(b).times(b).compare(a)).toBe(0);
        const floored = a.floor(2);
        expect(floored.compare(a)).toBeLessThanOrEqual(0);
        expect(a.minus(floored).compare(Rational.parse('0.01'))).toBeLessThan(0);
        expect(Rational.parse(a.toString()).compare(a)).toBe(0);
      }),
    );
  });

  it('writes and compares what is too long for lowest terms as any other', () => {
    const long = Rational.of(1n, 3n ** 400n);
    const half = long.plus(Rational.of(1, 2)).minus(long);
    expect(half.compare(Rational.of(1, 2))).toBe(0);
    expect(half.toString()).toBe('0.5');
    expect(half.floor(0).toFixed(0)).toBe('0');
    expect(long.minus(long).denominator).toBe(1n);
  });

  it('adds up thousands of fractions with long denominators of their own, exactly and soon', () => {
    const denominators = Array.from({ length: 2_000 }, (_, i) => 10n ** 60n + BigInt(i));
    const began = performance.now();
    const sum = Rational.sum(denominators.flatMap((each) => [Rational.of(1n, each), Rational.of(1n - each, each)]));
    const text = sum.plus(Rational.of(2_000n)).minus(Rational.sum(denominators.map((each) => Rational.of(2n, each))));
    expect(text.sign).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('sums to the same in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(decimals, decimals)), (pairs) => {
        const terms = pairs.map(([a, b]) => (b.sign === 0 ? a : a.over(b)));
        const oneByOne = terms.reduce((total, each) => total.plus(each), Rational.ZERO);
        expect(Rational.sum(terms).compare(oneByOne)).toBe(0);
        expect(Rational.sum(terms.toReversed()).compare(oneByOne)).toBe(0);
      }),
    );
  });
});
