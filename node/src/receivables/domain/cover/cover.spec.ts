import fc from 'fast-check';
import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import type { EventRef } from '../event-ref.js';
import { allocateGoods } from './allocation.js';
import type { Claim, ClaimLine } from './claim.js';
import { computeCover, type Cover, type Deduction } from './cover.js';
import type { LineGoods } from './goods.js';

const ORDER: Hex = '0x0a';
const event = (name: string, block = 1): EventRef => ({ name, object: ORDER, block, logIndex: 0, tx: '0xff', at: 0 });
const number = Rational.parse;

const line = (id: string, quantity: string, amount: string, bills: string | null = id): ClaimLine => ({
  id,
  quantity: number(quantity),
  amount: number(amount),
  met: bills === null ? undefined : { order: ORDER, line: bills, by: 'LINE_NUMBER' },
});

const goods = (line: string, received: string, rejected = '0', returned = '0'): LineGoods => ({
  order: ORDER,
  line,
  received: number(received),
  rejected: number(rejected),
  returned: number(returned),
  events: [event('MilestoneRecorded', 5)],
});

const claim = (receivable: Hex, payable: string, lines: ClaimLine[], more: Partial<Claim> = {}): Claim => ({
  receivable,
  orders: [ORDER],
  issued: event('ReceivableIssued'),
  bearsAdvances: true,
  payable: number(payable),
  invoicePayable: number(payable),
  lines,
  ...more,
});

const confirmed = (amount: string, withoutReceipt = false) => ({
  confirmed: { amount: number(amount), withoutReceipt, event: event('ReceivableConfirmed', 9) },
});

const deduction = (kind: Deduction['kind'], amount?: string): Deduction => ({
  kind,
  amount: amount === undefined ? undefined : number(amount),
  event: event(kind, 20),
});

function coverOf(
  of: Claim,
  stock: LineGoods[],
  deductions: Deduction[] = [],
  minorDigits = 2,
  earlier: Claim[] = [],
): Cover {
  const lines = allocateGoods(stock, [...earlier, of]).get(of.receivable)!;
  return computeCover({ claim: of, lines, deductions, minorDigits });
}

const amount = (cover: Cover, digits = 2) => cover.amount.toFixed(digits);

describe('cover (rule 5)', () => {
  const invoice = claim('0x01', '107.50', [line('1', '100', '100.00')]);

  it('is 96.75 for an invoice of 107.50, ordered and invoiced 100, received 90', () => {
    const cover = coverOf(invoice, [goods('1', '90')]);
    expect(amount(cover)).toBe('96.75');
    expect(cover.terms.map(({ kind, amount }) => [kind, amount.toFixed(2)])).toEqual([
      ['PAYABLE', '107.50'],
      ['NOT_COVERED_BY_GOODS', '-10.75'],
    ]);
    expect(cover.terms[1]!.events).toEqual([event('MilestoneRecorded', 5)]);
  });

  it.each([
    ['all received', [goods('1', '100')], '107.50'],
    ['more received than invoiced', [goods('1', '130')], '107.50'],
    ['nothing received', [], '0.00'],
    ['received, then all returned', [goods('1', '100', '0', '100')], '0.00'],
    ['rejected and returned counted once each', [goods('1', '100', '7', '3')], '96.75'],
    ['more returned than received', [goods('1', '10', '0', '40')], '0.00'],
    ['another line received', [goods('2', '100')], '0.00'],
  ])('%s', (_, stock, expected) => expect(amount(coverOf(invoice, stock))).toBe(expected));

  it('rounds down to the minor unit of the currency', () => {
    const third = (payable: string) => claim('0x01', payable, [line('1', '3', '3')]);
    expect(amount(coverOf(third('100'), [goods('1', '1')]))).toBe('33.33');
    expect(amount(coverOf(third('100'), [goods('1', '2')], [], 0), 0)).toBe('66');
    expect(amount(coverOf(third('100.000'), [goods('1', '2')], [], 3), 3)).toBe('66.666');
  });

  it('weighs lines by their net price', () => {
    const two = claim('0x01', '1000', [line('1', '1', '900'), line('2', '90', '100')]);
    expect(amount(coverOf(two, [goods('1', '1')]))).toBe('900.00');
    expect(amount(coverOf(two, [goods('2', '45')]))).toBe('50.00');
  });

  it('is exact for large and small numbers', () => {
    const huge = claim('0x01', '1000000000000000000', [line('1', '1000000000000000000', '999999999999999999.99')]);
    expect(amount(coverOf(huge, [goods('1', '999999999999999999')]))).toBe('999999999999999999.00');
    const tiny = claim('0x01', '0.03', [line('1', '0.000003', '0.03')]);
    expect(amount(coverOf(tiny, [goods('1', '0.000002')]))).toBe('0.02');
  });

  it('is 0 for an invoice over nothing', () => {
    expect(amount(coverOf(claim('0x01', '0', [line('1', '5', '0')]), [goods('1', '5')]))).toBe('0.00');
    expect(amount(coverOf(claim('0x01', '10', []), [goods('1', '5')]))).toBe('0.00');
    expect(amount(coverOf(claim('0x01', '10', [line('1', '0', '10')]), [goods('1', '5')]))).toBe('0.00');
  });

  it('lets no line that lowers the invoice raise its cover', () => {
    const discounted = claim('0x01', '90', [line('1', '10', '100'), line('2', '1', '-10', null)]);
    expect(amount(coverOf(discounted, [goods('1', '10')]))).toBe('90.00');
    expect(amount(coverOf(discounted, [goods('1', '5')]))).toBe('40.00');
    const corrected = claim('0x01', '1300', [line('1', '7', '2800'), line('2', '-3', '-1500', '1')]);
    expect(amount(coverOf(corrected, [goods('1', '7')]))).toBe('1300.00');
    expect(amount(coverOf(corrected, [goods('1', '0')]))).toBe('0.00');
  });

  it('leaves a line that bills no order line uncovered', () => {
    const freight = claim('0x01', '110', [line('1', '100', '100'), line('2', '1', '10', null)]);
    expect(amount(coverOf(freight, [goods('1', '100')]))).toBe('100.00');
  });

  describe('over several claims on the same goods', () => {
    it('covers one invoice by goods received once', () => {
      const first = claim('0x01', '100', [line('1', '60', '100')], confirmed('100'));
      const second = claim('0x02', '100', [line('1', '60', '100')]);
      const stock = [goods('1', '90')];
      expect(amount(coverOf(first, stock))).toBe('100.00');
      expect(amount(coverOf(second, stock, [], 2, [first]))).toBe('50.00');
    });

    it('takes for a claim confirmed without receipt all that it bills', () => {
      const first = claim('0x01', '100', [line('1', '60', '100')], confirmed('100', true));
      const second = claim('0x02', '100', [line('1', '60', '100')]);
      expect(amount(coverOf(second, [goods('1', '30')], [], 2, [first]))).toBe('0.00');
      expect(amount(coverOf(second, [goods('1', '90')], [], 2, [first]))).toBe('50.00');
    });

    it('counts two lines of one invoice on one order line once', () => {
      const twice = claim('0x01', '100', [line('1', '50', '50'), line('2', '50', '50', '1')]);
      expect(amount(coverOf(twice, [goods('1', '70')]))).toBe('70.00');
    });

    it('gives instalments of one invoice no more than the invoice itself', () => {
      const lines = [line('1', '100', '100')];
      const half = { payable: number('53.75') };
      const first = claim('0x01', '107.50', lines, { ...half, ...confirmed('53.75') });
      const second = claim('0x02', '107.50', lines, half);
      const stock = [goods('1', '90')];
      expect(amount(coverOf(first, stock))).toBe('53.75');
      expect(amount(coverOf(second, stock, [], 2, [first]))).toBe('43.00');
    });
  });

  describe('in units', () => {
    const inUnit = (unit: string | undefined, more: Partial<Claim> = {}) =>
      claim('0x01', '107.50', [{ ...line('1', '100', '100.00'), unit }], more);
    const stock = (unit?: string) => [{ ...goods('1', '90'), unit }];

    it('covers nothing of what is invoiced in another unit than it came in', () => {
      expect(amount(coverOf(inUnit('CS'), stock('EA')))).toBe('0.00');
      expect(amount(coverOf(inUnit('EA'), stock('C62')))).toBe('96.75');
      expect(amount(coverOf(inUnit(undefined), stock('EA')))).toBe('96.75');
      expect(amount(coverOf(inUnit('CS'), stock()))).toBe('96.75');
    });

    it('leaves nothing to later claims where the obligor confirmed that without receipt', () => {
      const later = claim('0x02', '10', [{ ...line('1', '10', '10'), unit: 'EA' }]);
      const few = { ...line('1', '2', '100.00'), unit: 'CS' };
      const first = claim('0x01', '107.50', [few], confirmed('107.50', true));
      expect(amount(coverOf(first, stock('EA')))).toBe('107.50');
      expect(amount(coverOf(later, stock('EA'), [], 2, [first]))).toBe('0.00');
      expect(amount(coverOf(later, stock('EA'), [], 2, [{ ...first, confirmed: undefined }]))).toBe('10.00');
    });
  });

  describe('with the obligor’s confirmation', () => {
    it('is at most what was confirmed', () => {
      const less = { ...invoice, ...confirmed('80.00') };
      const cover = coverOf(less, [goods('1', '100')]);
      expect(amount(cover)).toBe('80.00');
      expect(cover.terms.at(-1)).toMatchObject({
        kind: 'CONFIRMED_FOR_LESS',
        events: [event('ReceivableConfirmed', 9)],
      });
      expect(amount(coverOf({ ...invoice, ...confirmed('96.75') }, [goods('1', '90')]))).toBe('96.75');
    });

    it('rests on the obligor’s word alone when confirmed without receipt, and says so', () => {
      const cover = coverOf({ ...invoice, ...confirmed('107.50', true) }, [goods('1', '40')]);
      expect(amount(cover)).toBe('107.50');
      expect(cover.withoutReceipt).toBe(true);
      expect(cover.terms.map(({ kind }) => kind)).toEqual([
        'PAYABLE',
        'NOT_COVERED_BY_GOODS',
        'CONFIRMED_WITHOUT_RECEIPT',
      ]);
    });

    it('needs no word once all was received', () => {
      expect(coverOf({ ...invoice, ...confirmed('107.50', true) }, [goods('1', '100')]).withoutReceipt).toBe(false);
    });
  });

  it('falls by credit notes, disputes, payments and advances, never below 0', () => {
    const lower = [deduction('CREDIT_NOTE', '10'), deduction('DISPUTE', '5.5'), deduction('PAYMENT', '1')];
    expect(amount(coverOf(invoice, [goods('1', '90')], lower))).toBe('80.25');
    const cover = coverOf(invoice, [goods('1', '90')], [...lower, deduction('ORDER_ADVANCE', '500')]);
    expect(amount(cover)).toBe('0.00');
    expect(cover.terms.at(-1)!.amount.toFixed(2)).toBe('-80.25');
  });

  it('is 0 under a dispute over the whole claim', () => {
    expect(amount(coverOf(invoice, [goods('1', '100')], [deduction('DISPUTE')]))).toBe('0.00');
  });

  it('holds for any figures: within 0 and payable, equal to the sum of its terms, never raised by less goods', () => {
    const units = fc.integer({ min: 0, max: 10_000 });
    const lines = fc.array(
      fc.tuple(fc.integer({ min: -50, max: 500 }), fc.integer({ min: -2_000, max: 50_000 }), units),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(
        units,
        lines,
        fc.array(units, { maxLength: 3 }),
        fc.constantFrom(0, 2, 3),
        (payable, rows, cuts, digits) => {
          const of = claim(
            '0x01',
            String(payable),
            rows.map(([quantity, net], n) => line(String(n), String(quantity), String(net))),
          );
          const stock = (less: number) =>
            rows.map(([, , received], n) => goods(String(n), String(Math.max(0, received - less))));
          const deductions = cuts.map((cut) => deduction('PAYMENT', String(cut)));
          const cover = coverOf(of, stock(0), deductions, digits);
          expect(cover.amount.sign).toBeGreaterThanOrEqual(0);
          expect(cover.amount.compare(of.payable)).toBeLessThanOrEqual(0);
          expect(Rational.sum(cover.terms.map((term) => term.amount)).compare(cover.amount)).toBe(0);
          expect(coverOf(of, stock(1), deductions, digits).amount.compare(cover.amount)).toBeLessThanOrEqual(0);
          expect(() => cover.amount.toFixed(digits)).not.toThrow();
        },
      ),
    );
  });

  it('never gives claims on one line more than was received, whatever they bill', () => {
    const bills = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(bills, fc.integer({ min: 0, max: 200 }), (quantities, received) => {
        const claims = quantities.map((quantity, n) =>
          claim(
            `0x0${n}`,
            String(quantity),
            [line('1', String(quantity), String(quantity))],
            confirmed(String(quantity)),
          ),
        );
        const covered = [...allocateGoods([goods('1', String(received))], claims).values()].flat();
        const total = Rational.sum(covered.map((line) => line.covered));
        const billed = quantities.reduce((sum, quantity) => sum + quantity, 0);
        expect(total.toString()).toBe(String(Math.min(received, billed)));
      }),
    );
  });

  describe('of many lines with quantities of sixty digits', () => {
    const digits = (n: number) => `7${String(n * 7 + 1).padStart(58, '1')}3`;
    const lines = Array.from({ length: 1_000 }, (_, n) => line(String(n), `${digits(n)}.${digits(n + 3)}`, '1'));
    const stock = (received: string) => lines.map(({ id }) => goods(id, received));

    it('is told soon, though each line is covered in part', () => {
      const began = performance.now();
      const half = coverOf(claim('0x01', '1000.00', lines), stock(`4${'0'.repeat(59)}`));
      expect(performance.now() - began).toBeLessThan(5_000);
      // Of 64/9 e59 and a little more each, 4e59: less than 9/16.
      expect(amount(half)).toBe('562.49');
    });

    it('is told soon, though others were confirmed for shares of their own first', () => {
      const few = lines.slice(0, 20);
      const earlier = Array.from({ length: 100 }, (_, n) =>
        claim(`0x1${n}`, '1000.00', few, {
          ...{ payable: number('1.01'), invoicePayable: number(`${digits(n)}.01`) },
          ...confirmed('1.01', true),
        }),
      );
      const began = performance.now();
      const left = coverOf(claim('0x01', '20.00', few), stock(`4${'0'.repeat(59)}`), [], 2, earlier);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(amount(left)).toBe('11.24');
    });
  });

  it('is payable x sum(amount x covered / invoiced) / sum(amount), to the unit below, for any figures', () => {
    const figure = fc.tuple(fc.integer({ min: 1, max: 10 ** 6 }), fc.integer({ min: 0, max: 4 }));
    const decimal = figure.map(([units, digits]) => Rational.of(units, 10 ** digits).toString());
    const rows = fc.array(fc.tuple(decimal, decimal, decimal), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 10 ** 9 }), (figures, payable) => {
        const billed = figures.map(([quantity, , net], n) => line(String(n), quantity, net));
        const stock = figures.map(([, received], n) => goods(String(n), received));
        // By one common denominator, without the class under test.
        const [places, unit] = [10n ** 4n, 10n ** 12n];
        const units = (text: string) => BigInt(number(text).times(Rational.of(places)).toString());
        const all = figures.map((row) => row.map(units) as [bigint, bigint, bigint]);
        const product = all.reduce((total, [quantity]) => total * quantity, 1n);
        const covered = all.reduce(
          (sum, [q, received, net]) => sum + (net * (received < q ? received : q) * product) / q,
          0n,
        );
        const invoiced = all.reduce((sum, [, , net]) => sum + net, 0n);
        const expected = (BigInt(payable) * unit * covered) / (invoiced * product) / unit;
        const cover = coverOf(claim('0x01', Rational.of(payable, 100).toFixed(2), billed), stock);
        expect(amount(cover)).toBe(Rational.of(expected, 100).toFixed(2));
      }),
    );
  });
});
