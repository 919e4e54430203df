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

  it.each(['ACCEPTED', 'REJECTED', 'ACKNOWLEDGED'] as const)('that says %s proposes nothing', (decision) => {
    expect(() => proposedChange(order, answer([], decision))).toThrow('ORDER_RESPONSE_CONTRADICTS');
  });
});
