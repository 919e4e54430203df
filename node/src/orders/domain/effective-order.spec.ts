import type { OrderChangeModel, OrderModel } from '../../documents/model/index.js';
import { effectiveOrder } from './effective-order.js';

const party = { entities: [] };
const order: OrderModel = {
  kind: 'ORDER',
  number: '34',
  issueDate: '2026-11-22',
  currency: 'SEK',
  amount: '5050.00',
  buyer: party,
  seller: party,
  lines: [
    { id: '1', item: { seller: 'PAINT' }, quantity: '100', unit: 'LTR', amount: '5000.00' },
    { id: '2', item: { seller: 'BRUSH' }, quantity: '5', unit: 'C62', amount: '50.00' },
  ],
};
const change = (part: Partial<OrderChangeModel>): OrderChangeModel => ({
  kind: 'ORDER_CHANGE',
  number: '7',
  issueDate: '2026-11-23',
  buyer: party,
  seller: party,
  orderNumbers: ['34'],
  lines: [],
  ...part,
});
const revised = { id: '1', item: { seller: 'PAINT' }, quantity: '240', amount: '12000.00' };

describe('effectiveOrder', () => {
  it('replaces, adds and takes out lines, and keeps the rest of the order', () => {
    const lines = [
      { ...revised, status: 'Revised' },
      { id: '2', item: {}, status: 'Cancelled' },
      { id: '3', item: { seller: 'TAPE' }, quantity: '1', amount: '9.50', status: '1' },
    ];
    const result = effectiveOrder(order, change({ lines, deliverUntil: '2027-01-31' }));
    expect(result).toEqual({
      ...order,
      amount: '12009.50',
      deliverUntil: '2027-01-31',
      lines: [revised, lines[2]!].map(bare),
    });
  });

  it('takes the amount that the change states', () => {
    expect(effectiveOrder(order, change({ lines: [revised], amount: '13000.00' })).amount).toBe('13000.00');
  });

  it.each([
    ['taxes', { ...order, taxAmount: '20.00' }, [revised]],
    ['a line without amount', order, [{ id: '1', item: {}, quantity: '240' }]],
    ['an order without amount', { ...order, amount: undefined }, [revised]],
  ])('does not guess the amount over %s', (_, before, lines) => {
    expect(effectiveOrder(before, change({ lines })).amount).toBeUndefined();
  });

  it('refuses another currency', () => {
    const refused = expect.objectContaining({ code: 'CURRENCY_MISMATCH' });
    expect(() => effectiveOrder(order, change({ currency: 'EUR' }))).toThrow(refused);
  });

  it('refuses to take out a line that is not there', () => {
    const refused = expect.objectContaining({ code: 'ORDER_LINE_UNKNOWN', facts: { line: '9' } });
    expect(() => effectiveOrder(order, change({ lines: [{ id: '9', item: {}, status: '2' }] }))).toThrow(refused);
  });
});

function bare({ status: _, ...line }: { status?: string; id: string }): object {
  return line;
}
