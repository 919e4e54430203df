import { Rational } from '../../kernel/rational.js';
import { decodeScope, encodeScope } from './confirmation-scope.js';
import { outstandingDebt } from './debt.js';

const number = Rational.parse;
const open = { waivesSetOff: false, waivesDefences: false, withoutReceipt: false };
const credit = (amount: string, othersClaim: boolean) => ({ amount: number(amount), othersClaim });

describe('outstandingDebt', () => {
  const confirmed = number('100');
  const billed = confirmed;

  it('falls by payments, never below 0', () => {
    expect(
      outstandingDebt({ billed, confirmed, scope: open, credits: [], paid: [number('40'), number('10.5')] }).toFixed(2),
    ).toBe('49.50');
    expect(outstandingDebt({ billed, confirmed, scope: open, credits: [], paid: [number('140')] }).sign).toBe(0);
  });

  it.each([
    ['10.75', '96.75'],
    ['21.50', '86.00'],
    ['5', '96.75'],
    ['107.50', '0.00'],
  ])('falls by a credit note of %s over 107.50, of which 96.75 were confirmed, to %s', (amount, left) => {
    const facts = { billed: number('107.50'), confirmed: number('96.75'), scope: open };
    const credits = [credit(amount, false)];
    expect(outstandingDebt({ ...facts, credits, paid: [] }).toFixed(2)).toBe(left);
    expect(outstandingDebt({ ...facts, credits, paid: [number(left)] }).sign).toBe(0);
  });

  it('is never more than was confirmed, whatever the invoice bills', () => {
    for (const other of ['90', '200']) {
      const facts = { billed: number(other), confirmed, scope: open, paid: [] };
      expect(outstandingDebt({ ...facts, credits: [] }).toFixed(2)).toBe('100.00');
    }
  });

  it.each([
    ['defences open, the issuer’s own', false, false, '70.00'],
    ['defences open, another’s claim', false, true, '70.00'],
    ['defences waived, the issuer’s own', true, false, '70.00'],
    ['defences waived, another’s claim: it is owed as before (rule 3)', true, true, '100.00'],
  ])('%s', (_, waivesDefences, othersClaim, left) => {
    const scope = { ...open, waivesDefences };
    expect(
      outstandingDebt({ billed, confirmed, scope, credits: [credit('30', othersClaim)], paid: [] }).toFixed(2),
    ).toBe(left);
  });
});

describe('confirmation scope', () => {
  it('survives the contract’s bits', () => {
    for (let bits = 0; bits < 8; bits++) expect(encodeScope(decodeScope(bits))).toBe(bits);
    expect(decodeScope(4)).toEqual({ waivesSetOff: false, waivesDefences: false, withoutReceipt: true });
  });
});
