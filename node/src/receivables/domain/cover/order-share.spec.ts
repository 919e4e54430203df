import fc from 'fast-check';
import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import type { LineCover } from './allocation.js';
import type { Cover } from './cover.js';
import { shareOfOrder } from './order-share.js';

const A: Hex = '0x0a';
const B: Hex = '0x0b';
const number = Rational.parse;

/** A line of 100 units, so many of them covered. */
function line(met: Hex | null, amount: number, covered: number, invoiced = 100): LineCover {
  const billed = { id: '1', quantity: number(String(invoiced)), amount: number(String(amount)) };
  const meeting = met === null ? undefined : { order: met, line: '1', by: 'LINE_NUMBER' as const };
  const quantities = { invoiced: billed.quantity, taken: Rational.ZERO, covered: number(String(covered)) };
  return { line: { ...billed, met: meeting }, ...quantities };
}

const cover = (lines: LineCover[], withoutReceipt = false): Cover => ({
  ...{ amount: Rational.ONE, terms: [] },
  ...{ lines, withoutReceipt },
});
const shares = (of: Cover, orders = [A, B]) => orders.map((order) => shareOfOrder(order, orders, of).toString());

describe('the share of a claim’s cover that comes of one of its orders', () => {
  it.each([
    ['by what each line bills, all of it covered', [line(A, 300, 100), line(B, 100, 100)], ['0.75', '0.25']],
    ['by what is covered of each', [line(A, 100, 100), line(B, 400, 25)], ['0.5', '0.5']],
    ['none of an order whose goods went back', [line(A, 100, 100), line(B, 100, 0)], ['1', '0']],
    ['of several lines together', [line(A, 50, 100), line(B, 100, 100), line(A, 50, 100)], ['0.5', '0.5']],
    ['whatever lowers the invoice', [line(A, 100, 100), line(A, -90, 0), line(B, 100, 100)], ['0.5', '0.5']],
    ['whatever bills neither', [line(A, 100, 100), line(null, 100, 0), line(B, 100, 100)], ['0.5', '0.5']],
    ['of lines without quantity nothing', [line(A, 100, 0, 0), line(B, 100, 50)], ['0', '1']],
    ['as much as another where nothing is covered', [line(A, 100, 0), line(B, 300, 0)], ['0.5', '0.5']],
    ['as much as another where no line met any', [line(null, 100, 0)], ['0.5', '0.5']],
  ])('is %s', (_, lines, expected) => {
    expect(shares(cover(lines))).toEqual(expected);
  });

  it('is by what the lines bill where the cover rests on the obligor’s word', () => {
    expect(shares(cover([line(A, 300, 0), line(B, 100, 100)], true))).toEqual(['0.75', '0.25']);
    expect(shares(cover([line(null, 300, 0), line(B, -100, 0)], true))).toEqual(['0.5', '0.5']);
  });

  it('is of 0 to 1, and of all orders together 1, whatever is billed and came', () => {
    const orders = ['0x0a', '0x0b', '0x0c'] as const;
    const rows = fc.array(
      fc.record({
        met: fc.constantFrom<Hex | null>(...orders, null),
        amount: fc.integer({ min: -1_000, max: 50_000 }),
        invoiced: fc.integer({ min: -3, max: 90 }),
        covered: fc.integer({ min: 0, max: 90 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, fc.boolean(), (all, onWord) => {
        const lines = all.map((row) =>
          line(row.met, row.amount, Math.max(0, Math.min(row.covered, row.invoiced)), row.invoiced),
        );
        const each = orders.map((order) => shareOfOrder(order, orders, cover(lines, onWord)));
        for (const share of each) expect(share.sign).toBeGreaterThanOrEqual(0);
        expect(Rational.sum(each).toString()).toBe('1');
      }),
    );
  });
});
