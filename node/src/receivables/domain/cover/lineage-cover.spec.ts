import type { Hex } from '../../../kernel/hex.js';
import { Rational } from '../../../kernel/rational.js';
import type { EventRef } from '../event-ref.js';
import type { InvoiceFacts } from '../invoice-facts.js';
import type { ReceivableStatus } from '../states.js';
import type { Claim, Undertaking } from './claim.js';
import { claimOf } from './claim-of.js';
import { lineageCover, type LineageFacts } from './lineage-cover.js';
import { LinesToMeet } from './line-meeting.js';

const ORDER: Hex = '0x0a';
const number = Rational.parse;
const event = (name: string, block: number): EventRef => ({ name, object: ORDER, block, logIndex: 0, tx: '0x', at: 0 });
const orderLines = new LinesToMeet([{ order: ORDER, orderNumber: 'PO', id: '1', items: { seller: 'W' } }]);

const invoice = (amount: string, quantity?: string): InvoiceFacts => ({
  issueDate: '2026-11-01',
  dueDate: '2026-12-01',
  currency: 'EUR',
  amount,
  invoiceAmount: amount,
  lines: [{ id: '9', item: { seller: 'W' }, quantity, amount }],
});
const undertaking = (amount: string, block: number): Undertaking => ({
  amount: number(amount),
  withoutReceipt: false,
  event: event('ReceivableConfirmed', block),
});
const receivableOf = (id: Hex, status: ReceivableStatus) => {
  return { id, orders: [ORDER], issued: event('ReceivableIssued', 1), status };
};
const claim = (id: Hex, facts: InvoiceFacts, confirmed?: Undertaking, status: ReceivableStatus = 'CONFIRMED'): Claim =>
  claimOf(receivableOf(id, status), facts, confirmed, orderLines, new Map())!;

function facts(claims: Claim[], more: Partial<LineageFacts> = {}): LineageFacts {
  const goods = [
    { order: ORDER, line: '1', received: number('100'), rejected: Rational.ZERO, returned: Rational.ZERO, events: [] },
  ];
  return { claims, goods, deductions: new Map(), advances: [], minorDigits: 2, ...more };
}

const coverOf = (given: LineageFacts, id: Hex): string => lineageCover(given, id).amount.toFixed(2);

describe('lineageCover', () => {
  it('gives goods by the time of confirmation, whatever the order of issue', () => {
    const late = claim('0x01', invoice('80.00', '80'), undertaking('80.00', 30));
    const early = claim('0x02', invoice('70.00', '70'), undertaking('70.00', 20));
    expect(coverOf(facts([late, early]), '0x02')).toBe('70.00');
    expect(coverOf(facts([late, early]), '0x01')).toBe('30.00');
  });

  it('lets a claim not yet confirmed wait for those that are, and for no other', () => {
    const asked = claim('0x01', invoice('80.00', '80'));
    const other = claim('0x02', invoice('70.00', '70'));
    expect(coverOf(facts([other, asked]), '0x01')).toBe('80.00');
    expect(coverOf(facts([{ ...other, confirmed: undertaking('70.00', 9) }, asked]), '0x01')).toBe('30.00');
  });

  it('makes no claim of lines whose hidden item ids decide what they bill', () => {
    const { lines, ...rest } = invoice('55.00', '55');
    const hiding = { ...rest, lines: lines.map((line) => ({ ...line, item: { hidden: true } })) };
    const receivable = receivableOf('0x01', 'ISSUED');
    expect(claimOf(receivable, hiding, undefined, orderLines, new Map())).toBeUndefined();
    const referring = { ...rest, lines: hiding.lines.map((line) => ({ ...line, orderLine: '1' })) };
    expect(claimOf(receivable, referring, undefined, orderLines, new Map())?.lines).toMatchObject([
      { met: { line: '1' } },
    ]);
  });

  it('keeps the unit that the invoice states', () => {
    const { lines, ...rest } = invoice('80.00', '80');
    const cases = claim('0x01', { ...rest, lines: lines.map((line) => ({ ...line, unit: 'CS' })) });
    const [goods] = facts([]).goods;
    expect(coverOf(facts([cases], { goods: [{ ...goods!, unit: 'EA' }] }), '0x01')).toBe('0.00');
    expect(coverOf(facts([cases], { goods: [{ ...goods!, unit: 'CS' }] }), '0x01')).toBe('80.00');
  });

  it('counts a line without quantity as one', () => {
    expect(coverOf(facts([claim('0x01', invoice('55.00'))]), '0x01')).toBe('55.00');
  });

  it('sets what is advanced on the order against its receivables once, the earliest first', () => {
    const first = claim('0x01', invoice('60.00', '60'), undertaking('60.00', 20));
    const second = claim('0x02', invoice('40.00', '40'), undertaking('40.00', 30));
    const advances = [{ order: ORDER, outstanding: number('75'), event: event('EncumbranceDisbursed', 5) }];
    const given = facts([first, second], { advances });
    expect(coverOf(given, '0x01')).toBe('0.00');
    expect(coverOf(given, '0x02')).toBe('25.00');
    expect(lineageCover(given, '0x02').terms.at(-1)).toMatchObject({
      kind: 'ORDER_ADVANCE',
      events: [advances[0]!.event],
    });
  });

  it.each([
    ['SPLIT', '10.00'],
    ['WRITTEN_OFF', '10.00'],
    ['CONFIRMED', '40.00'],
    ['SETTLED', '10.00'],
  ] as const)(
    'sets nothing against what is split, settled or written off, whose goods are gone all the same: %s',
    (status, left) => {
      const first = claim('0x01', invoice('60.00', '60'), undertaking('60.00', 20), status);
      const second = claim('0x02', invoice('50.00', '50'), undertaking('50.00', 30));
      const advances = [{ order: ORDER, outstanding: number('30'), event: event('EncumbranceDisbursed', 5) }];
      expect(coverOf(facts([first, second], { advances }), '0x02')).toBe(left);
    },
  );

  it.each([
    ['GBP', '0.00'],
    ['EUR', '10.00'],
    [undefined, '10.00'],
  ])('sets nothing against a claim in another currency than its order’s: %s', (currency, left) => {
    const orders = new Map([[ORDER, { currency }]]);
    const foreign = claimOf(
      receivableOf('0x01', 'CONFIRMED'),
      invoice('30.00'),
      undertaking('30.00', 20),
      orderLines,
      orders,
    )!;
    const second = claim('0x02', invoice('40.00', '40'), undertaking('40.00', 30));
    const advances = [{ order: ORDER, outstanding: number('60'), event: event('EncumbranceDisbursed', 5) }];
    expect(coverOf(facts([foreign, second], { advances }), '0x02')).toBe(left);
  });

  it('takes nothing for advances on other orders', () => {
    const advances = [{ order: '0x0b' as Hex, outstanding: number('75'), event: event('EncumbranceDisbursed', 5) }];
    expect(coverOf(facts([claim('0x01', invoice('60.00', '60'))], { advances }), '0x01')).toBe('60.00');
  });

  it('deducts from each receivable what was said of it alone', () => {
    const deductions = new Map([
      ['0x01' as Hex, [{ kind: 'PAYMENT' as const, amount: number('10'), event: event('PaymentAcknowledged', 40) }]],
    ]);
    const first = claim('0x01', invoice('60.00', '60'), undertaking('60.00', 20));
    const second = claim('0x02', invoice('40.00', '40'), undertaking('40.00', 30));
    expect(coverOf(facts([first, second], { deductions }), '0x01')).toBe('50.00');
    expect(coverOf(facts([first, second], { deductions }), '0x02')).toBe('40.00');
  });

  it('knows no receivable that is not among the claims', () => {
    expect(() => lineageCover(facts([]), '0x01')).toThrow(RangeError);
  });
});
