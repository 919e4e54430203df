import { Rational } from '../../kernel/rational.js';
import { decodeScope, encodeScope } from './confirmation-scope.js';
import { outstandingDebt } from './debt.js';

const number = Rational.parse;
const open = { waivesSetOff: false, waivesDefences: false, withoutReceipt: false };
const credit = (amount: string, othersClaim: boolean) => ({ amount: number(amount), othersClaim });

describe('outstandingDebt', () => {
  const confirmed = number('100');

  it('falls by payments, never below 0', () => {
    expect(
      outstandingDebt({ confirmed, scope: open, credits: [], paid: [number('40'), number('10.5')] }).toFixed(2),
    ).toBe('49.50');
    expect(outstandingDebt({ confirmed, scope: open, credits: [], paid: [number('140')] }).sign).toBe(0);
  });

  it.each([
    ['defences open, the issuer’s own', false, false, '70.00'],
    ['defences open, another’s claim', false, true, '70.00'],
    ['defences waived, the issuer’s own', true, false, '70.00'],
    ['defences waived, another’s claim: it is owed as before (rule 3)', true, true, '100.00'],
  ])('%s', (_, waivesDefences, othersClaim, left) => {
    const scope = { ...open, waivesDefences };
    expect(outstandingDebt({ confirmed, scope, credits: [credit('30', othersClaim)], paid: [] }).toFixed(2)).toBe(left);
  });
});

describe('confirmation scope', () => {
  it('survives the contract’s bits', () => {
    for (let bits = 0; bits < 8; bits++) expect(encodeScope(decodeScope(bits))).toBe(bits);
    expect(decodeScope(4)).toEqual({ waivesSetOff: false, waivesDefences: false, withoutReceipt: true });
  });
});
