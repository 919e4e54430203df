import type { OrderModel, OrderResponseModel } from '../../documents/model/index.js';
import { effectiveOrder } from './effective-order.js';
import { proposedChange } from './proposed-change.js';

const party = { entities: [] };
const order: OrderModel = {
  kind: 'ORDER',
  number: 'PO-1',
  issueDate: '2026-11-01',
  currency: 'GBP',
  amount: '300.00',
  buyer: party,
  seller: party,
  lines: [
    { id: '1', item: { seller: 'RING' }, quantity: '100', amount: '100.00' },
    { id: '2', item: { seller: 'BOLT' }, quantity: '10', amount: '200.00' },
  ],
};
const answer = (lines: OrderResponseModel['lines'], decision: OrderResponseModel['decision'] = 'AMENDED') =>
  ({ kind: 'ORDER_RESPONSE', orderNumbers: ['PO-1'], buyer: party, seller: party, decision, lines }) as const;
const item = {};

describe('an amending response', () => {
  it('changes the lines that it answers otherwise, at their price, and no others', () => {
    const lines = [
      { id: 'a', orderLine: '1', item, status: '3', quantity: '80' },
      { id: 'b', orderLine: '2', item, status: '5' },
    ];
    const after = effectiveOrder(order, proposedChange(order, answer(lines)));
    expect(after).toMatchObject({ number: 'PO-1', amount: '280.00' });
    expect(after.lines).toMatchObject([
      { id: '1', item: { seller: 'RING' }, quantity: '80', amount: '80.00' },
      { id: '2', quantity: '10', amount: '200.00' },
    ]);
  });

  it('takes out what it does not accept, and leaves an amount open that would be a guess', () => {
    const lines = [
      { id: 'a', orderLine: '1', item, status: '7' },
      { id: 'b', orderLine: '2', item, status: '3', quantity: '10', price: '19.00' },
    ];
    const after = effectiveOrder(order, proposedChange(order, answer(lines)));
    expect(after.lines.map(({ id, amount }) => [id, amount])).toEqual([['2', undefined]]);
    expect(after.amount).toBeUndefined();
  });

  it('delivers something else in the place of a line, at its quantity and price unless it names others', () => {
    const substitute = { id: '9', item: { seller: 'RING-2', standard: '8722700577588' } };
    const lines = [
      { id: 'a', orderLine: '1', item: { seller: 'RING' }, status: '3', substitute },
      { id: 'b', orderLine: '2', item: { seller: 'BOLT' }, status: '5', substitute: { ...substitute, price: '18.00' } },
    ];
    const after = effectiveOrder(order, proposedChange(order, answer(lines)));
    expect(after.lines).toEqual([
      { id: '1', item: substitute.item, quantity: '100', amount: '100.00' },
      { id: '2', item: substitute.item, quantity: '10', price: '18.00' },
    ]);
  });

  it('takes neither amount nor price quantity of the line from whose price or quantity a substitute departs', () => {
    const substitute = { id: '9', item: { seller: 'RING-2' } };
    const own = { item: {}, quantity: '100', price: '10.00', priceQuantity: '10', amount: '100.00', status: '3' };
    const lines = [
      { ...own, id: '1', substitute: { ...substitute, price: '2.00' } },
      { id: '2', item: {}, amount: '200.00', status: '3', substitute: { ...substitute, quantity: '5' } },
    ];
    const after = effectiveOrder(order, proposedChange(order, answer(lines)));
    expect(after.lines).toEqual([
      { id: '1', item: substitute.item, quantity: '100', price: '2.00' },
      { id: '2', item: substitute.item, quantity: '5', amount: '100.00' },
    ]);
    expect(after.amount).toBeUndefined();
  });

  it('takes what the line that a substitute stands for says, where the substitute says nothing else', () => {
    const substitute = { id: '9', item: { seller: 'RING-2' } };
    const own = { quantity: '90', price: '10.00', priceQuantity: '10', amount: '90.00' };
    const lines = [
      { ...own, id: '1', item: {}, substitute },
      { ...own, id: '2', item: {}, substitute: { ...substitute, price: '2.00', priceQuantity: '4', amount: '45.00' } },
    ];
    const after = effectiveOrder(order, proposedChange(order, answer(lines)));
    expect(after.lines).toEqual([
      { id: '1', item: substitute.item, ...own },
      { id: '2', item: substitute.item, quantity: '90', price: '2.00', priceQuantity: '4', amount: '45.00' },
    ]);
  });

  it.each(['2', 'CANCELLED'])('keeps a line that was ordered with the status %s and is answered', (status) => {
    const asked = { ...order, lines: order.lines.map((line) => ({ ...line, status })) };
    const lines = [{ id: '1', item, status: '3', quantity: '80' }];
    const after = effectiveOrder(asked, proposedChange(asked, answer(lines)));
    expect(after.lines).toEqual([{ ...order.lines[0], quantity: '80', amount: '80.00' }, asked.lines[1]]);
  });

  it('promises when it delivers', () => {
    const asked = { ...order, deliverFrom: '2026-12-01', deliverUntil: '2026-12-02' };
    const promising = { ...answer([]), deliverUntil: '2026-12-09' };
    expect(effectiveOrder(asked, proposedChange(asked, promising))).toMatchObject({
      deliverFrom: '2026-12-01',
      deliverUntil: '2026-12-09',
    });
  });

  it.each(['ACCEPTED', 'REJECTED', 'ACKNOWLEDGED'] as const)('that says %s proposes nothing', (decision) => {
    expect(() => proposedChange(order, answer([], decision))).toThrow('ORDER_RESPONSE_CONTRADICTS');
  });
});
