import type { Hex } from '../../kernel/hex.js';
import type { Order } from './order.js';
import { requireNoPendingChange, requirePendingVersion, requireRead } from './pending-change.js';
import { requireNotProposed, requireProposed, requireUnencumbered } from './proposals.js';

const id: Hex = `0x${'01'.repeat(32)}`;
const below: Hex = `0x${'02'.repeat(32)}`;
const order = (facts: Partial<Order> = {}): Order =>
  ({
    id,
    ...{ cancelProposedBy: null, completeProposedBy: null, pendingVersion: null },
    ...facts,
  }) as Order;
const refusal = (code: string, facts: object) => expect.objectContaining({ code, facts: { order: id, ...facts } });

describe('a proposal', () => {
  it('is for the other side to answer', () => {
    expect(() => requireNotProposed(order(), 7, 7)).toThrow(refusal('ORDER_ALREADY_PROPOSED', { member: 7 }));
    for (const proposer of [null, 8]) expect(() => requireNotProposed(order(), proposer, 7)).not.toThrow();
  });

  it('is taken back by who made one', () => {
    const refused = refusal('ORDER_NOTHING_PROPOSED', { member: 7 });
    expect(() => requireProposed(order({ cancelProposedBy: 8 }), 7)).toThrow(refused);
    expect(() => requireProposed(order({ cancelProposedBy: 7 }), 7)).not.toThrow();
    expect(() => requireProposed(order({ completeProposedBy: 7 }), 7)).not.toThrow();
  });

  it('of an end is none while a lender has a claim on the order or below it', () => {
    expect(() => requireUnencumbered(id, [])).not.toThrow();
    for (const [objects, encumbered, encumberedDescendants] of [
      [[id], true, 0],
      [[below], false, 1],
      [[below, id], true, 1],
    ] as const) {
      const running = objects.map((object) => ({ object }));
      const facts = { encumbered, encumberedDescendants };
      expect(() => requireUnencumbered(id, running)).toThrow(refusal('ORDER_ENCUMBERED', facts));
    }
  });

  it('of a change is one at a time, and answered by its version', () => {
    expect(() => requireNoPendingChange(order({ pendingVersion: 3 }))).toThrow(
      refusal('ORDER_CHANGE_PENDING', { version: 3 }),
    );
    expect(() => requireNoPendingChange(order())).not.toThrow();
    expect(requirePendingVersion(order({ pendingVersion: 3 }), 3)).toBe(3);
    expect(requirePendingVersion(order({ pendingVersion: 3 }))).toBe(3);
    expect(() => requirePendingVersion(order({ pendingVersion: 3 }), 2)).toThrow(
      refusal('ORDER_CHANGE_MISSING', { pendingVersion: 3 }),
    );
    expect(() => requirePendingVersion(order())).toThrow(refusal('ORDER_CHANGE_MISSING', { pendingVersion: null }));
  });

  it('is answered as it was read, and not as another that came in its place', () => {
    const pending = order({ pendingVersion: 2 });
    for (const read of [undefined, below]) expect(() => requireRead(pending, below, read)).not.toThrow();
    const facts = { pendingVersion: 2, pending: below, read: id };
    expect(() => requireRead(pending, below, id)).toThrow(refusal('ORDER_CHANGE_MISSING', facts));
    const gone = refusal('ORDER_CHANGE_MISSING', { ...facts, pending: null });
    expect(() => requireRead(pending, undefined, id)).toThrow(gone);
  });
});
