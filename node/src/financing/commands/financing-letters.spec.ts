import type { Hex } from '../../kernel/hex.js';
import { FinancingLetters } from './financing-letters.js';

const [FINANCING, ORDER]: [Hex, Hex] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`];

/** A holder's financing, and letters of it: how many requests have not arrived, and whether the buyer's word has to be asked for anew. */
function holder({ status = 'REQUESTED', stands = true, held = false, onTheirWay = 0, untagged = false, sent = true }) {
  const conditions = new Map<string, (id: Hex) => Promise<boolean>>();
  const financing = { id: FINANCING, sent };
  const position = { financing, status };
  const asked: Hex[] = [];
  const isRequest = (type: string, id: Hex) => type === 'financing.request' && id === FINANCING;
  new FinancingLetters(
    { get: () => Promise.resolve(position), lock: () => Promise.resolve(position) } as never,
    { ofFinancing: () => Promise.resolve({}) } as never,
    { stands: () => stands } as never,
    {
      leavesIf: (type: string, condition: (id: Hex) => Promise<boolean>) => conditions.set(type, condition),
      isSetAside: (type: string, id: Hex) => Promise.resolve(held && isRequest(type, id)),
      onTheirWay: (type: string, id: Hex) => Promise.resolve(isRequest(type, id) ? onTheirWay : 0),
    } as never,
    {
      find: () => Promise.resolve(financing),
      change: (_: Hex, change: object) => Promise.resolve(void Object.assign(financing, change)),
    } as never,
    {
      untagged: () => Promise.resolve(untagged ? [{ id: ORDER }] : []),
      ask: (orders: { id: Hex }[]) => Promise.resolve(void asked.push(...orders.map(({ id }) => id))),
    } as never,
    { run: (work: () => Promise<unknown>) => work() } as never,
  );
  return { financing, asked, leaves: (type: string) => conditions.get(type)!(FINANCING) };
}

const REQUEST = { onTheirWay: 1 };

describe.each([
  ['financing.request', REQUEST],
  ['financing.evidence', {}],
])('%s', (type, letters) => {
  it('leaves while the financing runs and its grant stands', async () => {
    const leaves = (more: object) => holder({ ...letters, ...more }).leaves(type);
    expect(await leaves({})).toBe(true);
    expect(await leaves({ status: 'WITHDRAWN' })).toBe(false);
    expect(await leaves({ stands: false })).toBe(false);
  });
});

it('lets evidence wait for a request that was set aside, unless the financing is over', async () => {
  const held = true;
  await expect(holder({ held }).leaves('financing.evidence')).rejects.toMatchObject({ code: 'FINANCING_REQUEST_HELD' });
  expect(await holder({ held, status: 'DECLINED' }).leaves('financing.evidence')).toBe(false);
  expect(await holder({ held, ...REQUEST }).leaves('financing.request')).toBe(true);
});

it('has a request written anew, and nothing of the one before leave, once a buyer’s word in it counts no more', async () => {
  const waits = holder({ ...REQUEST, untagged: true });
  expect(await waits.leaves('financing.request')).toBe(false);
  expect([waits.financing.sent, waits.asked]).toEqual([false, [ORDER]]);
  // Whatever becomes of the letters that are not meant any more, the buyer is asked once.
  for (const type of ['financing.request', 'financing.evidence']) expect(await waits.leaves(type)).toBe(false);
  expect(waits.asked).toEqual([ORDER]);

  // Its lender has it who answered: written anew it would never be, and evidence after it no more.
  const answered = holder({ ...REQUEST, untagged: true, status: 'OFFERED' });
  expect(await answered.leaves('financing.request')).toBe(true);
  expect([answered.financing.sent, answered.asked]).toEqual([true, []]);

  const again = holder({ onTheirWay: 2 });
  for (const type of ['financing.request', 'financing.evidence']) expect(await again.leaves(type)).toBe(false);
  expect(await holder({ onTheirWay: 1 }).leaves('financing.evidence')).toBe(false);
  expect(await holder({ onTheirWay: 1 }).leaves('financing.request')).toBe(true);
});
