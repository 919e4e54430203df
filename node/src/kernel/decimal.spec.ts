import fc from 'fast-check';
import { canonicalDecimal, canonicalJsonNumber } from './decimal.js';
import { Rational } from './rational.js';

const refusal = expect.objectContaining({ code: 'DECIMAL_INVALID', status: 422 });

describe('canonicalDecimal', () => {
  it.each([
    ['007.500', 0, '7.5'],
    ['+1', 0, '1'],
    ['.5', 0, '0.5'],
    ['5.', 2, '5.00'],
    ['-0.000', 2, '0.00'],
    ['-00.10', 0, '-0.1'],
    [' 12 \n', 3, '12.000'],
    ['1.2345', 2, '1.2345'],
  ])('%j with %d places is %s', (text, places, expected) => expect(canonicalDecimal(text, places)).toBe(expected));

  it.each(['', '.', '-', '1e3', '1,000', '0x1', 'NaN', '١', '1 0', '--1', '9'.repeat(61)])('refuses %j', (text) => {
    expect(() => canonicalDecimal(text)).toThrow(refusal);
  });
});

describe('canonicalJsonNumber', () => {
  it.each([
    ['1e3', '1000'],
    ['1.25E+1', '12.5'],
    ['125e-4', '0.0125'],
    ['-0', '0'],
    ['0.1e1', '1'],
    ['100.00', '100'],
    ['9007199254740993', '9007199254740993'],
    ['0e9', '0'],
  ])('%s is %s', (source, expected) => expect(canonicalJsonNumber(source)).toBe(expected));

  it.each(['1e61', '1e999999999', '1e-61', '01', '+1', '.5', '1.', 'Infinity'])('refuses %s', (source) => {
    expect(() => canonicalJsonNumber(source)).toThrow(refusal);
  });

  it('keeps the number, whatever the exponent', () => {
    const exponents = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), exponents, (digits, exponent) => {
        const scale = Rational.of(10n ** BigInt(Math.abs(exponent)));
        const value = exponent < 0 ? Rational.of(digits).over(scale) : Rational.of(digits).times(scale);
        expect(canonicalJsonNumber(`${digits}e${exponent}`)).toBe(value.toString());
      }),
    );
  });
});
