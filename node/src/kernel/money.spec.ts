import fc from 'fast-check';
import { canonicalAmount, fromMinorUnits, minorUnits, positiveMoney, toMinorUnits } from './money.js';

const code = (code: string) => expect.objectContaining({ code, status: 422 });

describe('money', () => {
  it.each([
    ['6225', 'SEK', '6225.00'],
    ['100', 'JPY', '100'],
    ['100.00', 'JPY', '100'],
    ['1.5', 'BHD', '1.500'],
    ['-3.96', 'EUR', '-3.96'],
    ['0.01250', 'EUR', '0.0125'],
    ['+7', 'GBP', '7.00'],
  ])('writes %s %s as %s', (text, currency, expected) => expect(canonicalAmount(text, currency)).toBe(expected));

  it('counts minor units both ways', () => {
    expect(toMinorUnits('107.5', 'GBP')).toBe(10750n);
    expect(toMinorUnits('-0.05', 'GBP')).toBe(-5n);
    expect(fromMinorUnits(-5n, 'GBP')).toBe('-0.05');
    expect(fromMinorUnits(10750n, 'JPY')).toBe('10750');
    expect(fromMinorUnits(1n, 'BHD')).toBe('0.001');
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
        fc.constantFrom('EUR', 'JPY', 'BHD', 'CLF'),
        (units, currency) => {
          expect(toMinorUnits(fromMinorUnits(units, currency), currency)).toBe(units);
        },
      ),
    );
  });

  it('refuses what is no amount', () => {
    expect(() => toMinorUnits('0.005', 'GBP')).toThrow(code('AMOUNT_INVALID'));
    expect(() => toMinorUnits('0.5', 'JPY')).toThrow(code('AMOUNT_INVALID'));
    expect(() => canonicalAmount('ten', 'GBP')).toThrow(code('AMOUNT_INVALID'));
    expect(() => canonicalAmount('1e2', 'GBP')).toThrow(code('AMOUNT_INVALID'));
    expect(() => canonicalAmount('1', 'gbp')).toThrow(code('CURRENCY_UNKNOWN'));
    expect(() => minorUnits('XXX')).toThrow(code('CURRENCY_UNKNOWN'));
    expect(() => minorUnits('__proto__')).toThrow(code('CURRENCY_UNKNOWN'));
  });

  it('takes from clients only money that can be paid', () => {
    expect(positiveMoney({ amount: '5', currency: 'GBP' }, 'GBP')).toEqual({ amount: '5.00', currency: 'GBP' });
    expect(() => positiveMoney({ amount: '0', currency: 'GBP' })).toThrow(code('AMOUNT_INVALID'));
    expect(() => positiveMoney({ amount: '-1', currency: 'GBP' })).toThrow(code('AMOUNT_INVALID'));
    expect(() => positiveMoney({ amount: '1', currency: 'EUR' }, 'GBP')).toThrow(code('CURRENCY_MISMATCH'));
  });
});
