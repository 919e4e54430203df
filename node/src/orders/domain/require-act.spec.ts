import { ORDER_ACTS, type OrderAct } from './order-acts.js';
import { ORDER_STATUSES } from './order-status.js';
import { requireAct } from './require-act.js';

const order = { id: `0x${'01'.repeat(32)}`, buyer: 1, supplier: 2, status: 'POSTED', expiry: 1000 } as const;
const code = (name: string, facts = {}) =>
  expect.objectContaining({ code: name, facts: expect.objectContaining({ order: order.id, ...facts }) });

const MEMBERS = { BUYER: 1, SUPPLIER: 2 } as const;
const acts = Object.keys(ORDER_ACTS) as OrderAct[];

describe('requireAct', () => {
  it.each(acts)('allows %s in its states alone', (act) => {
    const rule = ORDER_ACTS[act];
    for (const party of rule.by) {
      for (const status of ORDER_STATUSES) {
        const attempt = () => requireAct({ ...order, status }, act, MEMBERS[party], 0);
        if ((rule.from as readonly string[]).includes(status)) expect(attempt()).toBe(party);
        else if ('to' in rule) expect(attempt).toThrow(code('ORDER_INVALID_TRANSITION', { from: status, to: rule.to }));
        else expect(attempt).toThrow(code('ORDER_INVALID_STATUS', { status }));
      }
    }
  });

  it.each(acts)('refuses %s to others than its side', (act) => {
    const status = ORDER_ACTS[act].from[0];
    expect(() => requireAct({ ...order, status }, act, 3, 0)).toThrow(code('ORDER_UNAUTHORIZED', { member: 3 }));
  });

  it("keeps the supplier from the buyer's acts, and the other way round", () => {
    expect(() => requireAct(order, 'withdraw', 2, 0)).toThrow(code('ORDER_UNAUTHORIZED', { member: 2 }));
    expect(() => requireAct(order, 'accept', 1, 0)).toThrow(code('ORDER_UNAUTHORIZED', { member: 1 }));
  });

  it.each([
    ['accept', 'SUPPLIER'],
    ['reject', 'SUPPLIER'],
    ['withdraw', 'BUYER'],
  ] as const)('takes %s until the last second of the offer', (act, party) => {
    const member = MEMBERS[party];
    expect(requireAct(order, act, member, 1000)).toBe(party);
    const lapsed = code('ORDER_LAPSED', { expiry: 1000, timestamp: 1001 });
    expect(() => requireAct(order, act, member, 1001)).toThrow(lapsed);
  });
});
