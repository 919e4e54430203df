import { Rational } from '../../kernel/rational.js';
import { decodeScope, encodeScope } from './confirmation-scope.js';
import { outstandingDebt } from './debt.js';

const number = Rational.parse;
const open = { waivesSetOff: false, waivesDefences: false, withoutReceipt: false };
const credit = (amount: string, whileEncumbered: boolean) => ({ amount: number(amount), whileEncumbered });

describe('outstandingDebt', () => {
  const confirmed = number('100');

  it('falls by payments, never below 0', () => {
    expect(
      outstandingDebt({ confirmed, scope: open, credits: [], paid: [number('40'), number('10.5')] }).toFixed(2),
    ).toBe('49.50');
    expect(outstandingDebt({ confirmed, scope: open, credits: [], paid: [number('140')] }).sign).toBe(0);
  });

  it.each([
    ['defences open, free', false, false, '70.00'],
    ['defences open, encumbered', false, true, '70.00'],
    ['defences waived, free', true, false, '70.00'],
    ['defences waived, encumbered: the lender is owed as before (rule 3)', true, true, '100.00'],
  ])('%s', (_, waivesDefences, whileEncumbered, left) => {
    const scope = { ...open, waivesDefences };
    expect(outstandingDebt({ confirmed, scope, credits: [credit('30', whileEncumbered)], paid: [] }).toFixed(2)).toBe(
      left,
    );
  });
});

describe('confirmation scope', () => {
  it('survives the contract’s bits', () => {
    for (let bits = 0; bits < 8; bits++) expect(encodeScope(decodeScope(bits))).toBe(bits);
    expect(decodeScope(4)).toEqual({ waivesSetOff: false, waivesDefences: false, withoutReceipt: true });
  });
});
