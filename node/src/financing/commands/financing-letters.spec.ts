import type { Hex } from '../../kernel/hex.js';
import { FinancingLetters } from './financing-letters.js';

const hash = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [FINANCING, ORDER, CLAIM] = [hash('0a'), hash('0b'), hash('0c')];

/**
 * A holder's financing, and letters of it: how many requests have not arrived, whether the buyer's word has to be asked for anew, and by which
 * operator who holds the claim was certified, of which the one called `now` is live, or none.
 */
function holder({
  status = 'REQUESTED',
  stands = true,
  held = false,
  onTheirWay = 0,
  untagged = false,
  sent = true,
  certifiedBy = 'now',
  live = true,
}) {
  const conditions = new Map<string, (id: Hex) => Promise<boolean>>();
  const financing = { id: FINANCING, object: CLAIM, sent, holderCertificate: { account: CLAIM, by: certifiedBy } };
  const position = { financing, status };
  const asked: Hex[] = [];
  const written: object[] = [];
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
    {
      stands: ({ by }: { by: string }) => Promise.resolve(live && by === 'now'),
      certify: (account: Hex) =>
        live
          ? Promise.resolve({ account, by: 'now' })
          : Promise.reject(Object.assign(new Error(), { code: 'REVOKED' })),
    } as never,
    { deliver: (anew: object) => Promise.resolve(void written.push(structuredClone(anew))) } as never,
    { run: (work: () => Promise<unknown>) => work() } as never,
  );
  return { financing, asked, written, leaves: (type: string) => conditions.get(type)!(FINANCING) };
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

describe('a request whose holder was certified by an operator that is revoked by now', () => {
  const revoked = { ...REQUEST, certifiedBy: 'before' };

  it('is certified and written anew, and does not leave as it was', async () => {
    const { financing, written, leaves } = holder(revoked);
    expect(await leaves('financing.request')).toBe(false);
    expect(written).toEqual([{ ...financing, holderCertificate: { account: CLAIM, by: 'now' } }]);
    expect(financing.holderCertificate.by).toBe('now');
    // The one that was written then.
    expect(await leaves('financing.request')).toBe(true);
    expect(written).toHaveLength(1);
  });

  it('waits while its member has no live operator', async () => {
    const { financing, written, leaves } = holder({ ...revoked, live: false });
    await expect(leaves('financing.request')).rejects.toMatchObject({ code: 'REVOKED' });
    expect([financing.holderCertificate.by, written]).toEqual(['before', []]);
  });

  it('waits for the buyer’s word first', async () => {
    const { asked, written, leaves } = holder({ ...revoked, untagged: true });
    expect(await leaves('financing.request')).toBe(false);
    expect([asked, written]).toEqual([[ORDER], []]);
  });

  it.each([
    [{ onTheirWay: 2 }, false],
    [{ status: 'OFFERED' }, true],
  ])('is left alone: %j', async (more, leaving) => {
    const { written, leaves } = holder({ ...revoked, ...more });
    expect([await leaves('financing.request'), written]).toEqual([leaving, []]);
  });
});
