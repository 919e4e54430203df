import { type BillingLine, LinesToMeet, type OrderLine } from './line-meeting.js';

const line = (id: string, more: Partial<OrderLine> = {}): OrderLine => ({
  order: '0x01',
  orderNumber: 'PO-1',
  id,
  items: {},
  ...more,
});
const billing = (id: string, more: Partial<BillingLine> = {}): BillingLine => ({ id, items: {}, ...more });

const meetOrderLine = (billed: BillingLine, lines: readonly OrderLine[]) => new LinesToMeet(lines).meet(billed);
const hingesOnHidden = (billed: BillingLine, lines: readonly OrderLine[]) =>
  new LinesToMeet(lines).hingesOnHidden(billed);

describe('lines that meet', () => {
  const widgets = line('10', { items: { seller: 'W', standard: '0088:1' } });
  const bolts = line('20', { items: { seller: 'B', buyer: 'b-7' } });
  const lines = [widgets, bolts];

  it('follows OrderLineReference before item and number', () => {
    expect(meetOrderLine(billing('10', { orderLine: '20', items: { seller: 'W' } }), lines)).toEqual({
      line: bolts,
      by: 'ORDER_LINE_REFERENCE',
    });
  });

  it.each([
    ['seller', { seller: 'B' }],
    ['buyer', { buyer: 'b-7' }],
    ['another scheme when the first is unknown', { seller: 'X', buyer: 'b-7' }],
  ])('meets by item id: %s', (_, items) => {
    expect(meetOrderLine(billing('1', { items }), lines)).toEqual({ line: bolts, by: 'ITEM' });
  });

  it('tries the next way when a reference names a line that no order has', () => {
    expect(meetOrderLine(billing('1', { orderLine: '123', items: { standard: '0088:1' } }), lines)?.line).toBe(widgets);
    expect(meetOrderLine(billing('20', { orderLine: '123' }), lines)).toEqual({ line: bolts, by: 'LINE_NUMBER' });
  });

  it('meets nothing rather than a guess', () => {
    expect(meetOrderLine(billing('30'), lines)).toBeUndefined();
    const twins = [line('1', { items: { seller: 'S' } }), line('2', { items: { seller: 'S' } })];
    expect(meetOrderLine(billing('3', { items: { seller: 'S' } }), twins)).toBeUndefined();
  });

  it('meets by an id that is perhaps the seller’s too before it guesses by number', () => {
    const gtin = { perhapsSeller: '09521000000100', standard: '09521000000100' };
    const named = [line('1', { items: { seller: 'W' } }), line('2', { items: { seller: gtin.standard } })];
    expect(meetOrderLine(billing('1', { items: gtin }), named)).toEqual({ line: named[1], by: 'ITEM' });
    const same = [line('1', { items: { seller: 'W' } }), line('2', { items: gtin })];
    const billed = billing('1', { items: { seller: gtin.standard } });
    expect(meetOrderLine(billed, same)).toEqual({ line: same[1], by: 'ITEM' });
    // What is known to be of one scheme goes first.
    const known = [line('2', { items: { seller: gtin.standard } }), line('3', { items: { standard: gtin.standard } })];
    expect(meetOrderLine(billing('1', { items: gtin }), known)?.line).toBe(known[1]);
  });

  it('tells twins of one item apart by their number', () => {
    const twins = [line('1', { items: { seller: 'S' } }), line('2', { items: { seller: 'S' } })];
    expect(meetOrderLine(billing('2', { items: { seller: 'S' } }), twins)).toEqual({ line: twins[1], by: 'ITEM' });
  });

  it('meets none of three twins with one number', () => {
    const triplets = [1, 2, 3].map(() => line('1', { items: { seller: 'S' } }));
    expect(meetOrderLine(billing('1', { orderLine: '1', items: { seller: 'S' } }), triplets)).toBeUndefined();
  });

  it('finds each of thousands among thousands soon, though all are of one item', () => {
    const many = Array.from({ length: 13_000 }, (_, n) => line(String(n), { items: { seller: 'S', hidden: true } }));
    const began = performance.now();
    const lines = new LinesToMeet(many);
    const billed = many.map(({ id }) => billing(id, { items: { seller: 'S' } }));
    expect(billed.map((each) => lines.meet(each)?.line.id)).toEqual(many.map(({ id }) => id));
    expect(billed.every((each) => lines.hingesOnHidden(each))).toBe(true);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('keeps the orders of a collective invoice apart', () => {
    const other = line('10', { order: '0x02', orderNumber: 'PO-2' });
    expect(meetOrderLine(billing('1', { orderLine: '10', orderNumber: 'PO-2' }), [widgets, other])?.line).toBe(other);
    expect(meetOrderLine(billing('1', { orderLine: '10', orderNumber: 'PO-3' }), [widgets, other])).toBeUndefined();
    expect(meetOrderLine(billing('1', { orderLine: '10' }), [widgets, other])).toBeUndefined();
  });
});

describe('hingesOnHidden', () => {
  const shown = [line('1', { items: { seller: 'W' } }), line('2', { items: { seller: 'B' } })];
  const hidden = shown.map((each) => ({ ...each, items: { hidden: true } }));

  it('lets an OrderLineReference decide, whatever items are hidden', () => {
    expect(hingesOnHidden(billing('1', { orderLine: '2', items: { hidden: true } }), hidden)).toBe(false);
  });

  it('guesses by number only where there are no item ids, not where they are hidden', () => {
    expect(hingesOnHidden(billing('1'), hidden)).toBe(false);
    expect(hingesOnHidden(billing('1', { items: { hidden: true } }), shown)).toBe(true);
    expect(hingesOnHidden(billing('1', { orderLine: '9', items: { hidden: true } }), shown)).toBe(true);
    expect(hingesOnHidden(billing('1', { items: { seller: 'B' } }), hidden)).toBe(true);
    expect(hingesOnHidden(billing('1', { items: { seller: 'B' } }), shown)).toBe(false);
  });

  it('meets no line of another order, whatever items are hidden', () => {
    const other = billing('1', { orderNumber: 'PO-9', items: { hidden: true } });
    expect(hingesOnHidden(other, shown)).toBe(false);
  });

  it('compares no order number with one that is hidden', () => {
    const unnamed = [line('1', { orderNumber: '' })];
    expect(hingesOnHidden(billing('1', { orderLine: '1', orderNumber: 'PO-1' }), unnamed)).toBe(true);
    expect(hingesOnHidden(billing('1', { orderLine: '1' }), unnamed)).toBe(false);
  });
});
