import type { Hex } from '../../kernel/hex.js';
import { StillNeeded } from './still-needed.js';

/** Of a small trade: orders by their status, receivables by theirs, the orders that they bill and what they are parts of. */
interface Trade {
  readonly orders: Record<string, string>;
  readonly claims: Record<string, { status: string; on: string[]; parent?: string }>;
  /** Who has a lender's claim on it. */
  readonly encumbered?: string;
}

/** What keeps documents of `object` from being erased; undefined when nothing does. */
async function needed({ orders, claims, encumbered }: Trade, object: string): Promise<unknown> {
  const order = (id: string) => ({ id, status: orders[id], type: 'PURCHASE', framework: null });
  const all = Object.entries(claims).map(([id, { on, parent = null, ...more }]) => ({
    id,
    orders: on,
    parent,
    ...more,
  }));
  const still = new StillNeeded(
    {
      get: (id: string) => Promise.resolve(order(id)),
      findMany: (ids: string[]) => Promise.resolve(ids.map(order)),
    } as never,
    { running: () => Promise.resolve(undefined) } as never,
    {
      get: (id: string) => Promise.resolve(all.find((claim) => claim.id === id)),
      bornFrom: (ids: string[]) => Promise.resolve(all.filter((claim) => claim.orders.some((id) => ids.includes(id)))),
      partsOf: (id: string) => Promise.resolve(all.filter(({ parent }) => parent === id)),
      encumbrancesOn: (ids: string[]) =>
        Promise.resolve(ids.filter((id) => id === encumbered).map((o) => ({ object: o }))),
    } as never,
  );
  return still.refuse({ object: object as Hex, onOrder: object.startsWith('O') }).then(
    () => undefined,
    ({ code, facts }: { code: string; facts: Record<string, string> }) => {
      expect(code).toBe('ERASURE_STILL_NEEDED');
      return facts['order'] ?? facts['receivable'] ?? facts['object'];
    },
  );
}

const ENDED = { status: 'SETTLED', on: ['O1'] };

describe('documents of a claim that has ended', () => {
  it.each<[string, Trade, string | undefined]>([
    ['its order goes on, on which more can be invoiced', { orders: { O1: 'ACCEPTED' }, claims: { R1: ENDED } }, 'O1'],
    [
      'another claim on the order has not ended',
      { orders: { O1: 'COMPLETED' }, claims: { R1: ENDED, R2: { status: 'CONFIRMED', on: ['O1'] } } },
      'R2',
    ],
    [
      'a collective claim beside it has not',
      {
        orders: { O1: 'COMPLETED', O2: 'COMPLETED' },
        claims: { R1: ENDED, R2: { status: 'ISSUED', on: ['O1', 'O2'] } },
      },
      'R2',
    ],
    [
      'a part of another has not',
      {
        orders: { O1: 'COMPLETED' },
        claims: {
          R1: ENDED,
          R2: { status: 'SPLIT', on: ['O1'] },
          P1: { status: 'SETTLED', on: ['O1'], parent: 'R2' },
          P2: { status: 'CONFIRMED', on: ['O1'], parent: 'R2' },
        },
      },
      'P2',
    ],
    ['a lender has its order', { orders: { O1: 'COMPLETED' }, claims: { R1: ENDED }, encumbered: 'O1' }, 'O1'],
    [
      'all has ended',
      {
        orders: { O1: 'COMPLETED' },
        claims: {
          R1: ENDED,
          R2: { status: 'SPLIT', on: ['O1'] },
          P1: { status: 'WRITTEN_OFF', on: ['O1'], parent: 'R2' },
          R3: { status: 'VOID', on: ['O1'] },
        },
      },
      undefined,
    ],
  ])('while %s', async (_, trade, by) => expect(await needed(trade, 'R1')).toBe(by));

  it('are needed by none when it is void, since it takes no goods from any', async () => {
    const claims = { R1: { status: 'VOID', on: ['O1'] }, R2: { status: 'CONFIRMED', on: ['O1'] } };
    expect(await needed({ orders: { O1: 'ACCEPTED' }, claims }, 'R1')).toBeUndefined();
  });

  it('are needed by nothing but what it was split into when it is a part, which stands on its own document', async () => {
    const part = (status: string, parent: string) => ({ status, on: ['O1'], parent });
    const claims = { R1: { status: 'SPLIT', on: ['O1'] }, P1: part('SPLIT', 'R1'), P2: part('CONFIRMED', 'R1') };
    const trade = (sub: string) => ({ orders: { O1: 'ACCEPTED' }, claims: { ...claims, S1: part(sub, 'P1') } });
    expect(await needed(trade('CONFIRMED'), 'P1')).toBe('S1');
    expect(await needed(trade('SETTLED'), 'P1')).toBeUndefined();
    expect(await needed(trade('SETTLED'), 'P2')).toBe('P2');
  });
});

describe('documents of an order that has ended', () => {
  const together = (O2: string, claims: Trade['claims']): Trade => ({
    orders: { O1: 'COMPLETED', O2, O3: 'ACCEPTED' },
    claims: { R1: { status: 'SETTLED', on: ['O1', 'O2'] }, ...claims },
  });

  it('are needed while more can be claimed on an order that was billed together with it', async () => {
    expect(await needed(together('ACCEPTED', {}), 'O1')).toBe('O2');
    expect(await needed(together('COMPLETED', {}), 'O1')).toBeUndefined();
  });

  it('are needed while a claim on that one has not ended, and by none that shares no goods with its claims', async () => {
    const open = { status: 'CONFIRMED', on: ['O2'] };
    expect(await needed(together('COMPLETED', { R2: open }), 'O1')).toBe('R2');
    const beyond = { R2: { status: 'SETTLED', on: ['O2'] }, R3: { status: 'CONFIRMED', on: ['O3'] } };
    expect(await needed(together('COMPLETED', beyond), 'O1')).toBeUndefined();
  });

  it('are not needed for what was billed together by a claim that is void', async () => {
    const claims = { R1: { status: 'VOID', on: ['O1', 'O3'] } };
    expect(await needed(together('COMPLETED', claims), 'O1')).toBeUndefined();
  });
});
