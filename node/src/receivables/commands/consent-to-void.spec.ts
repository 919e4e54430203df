import type { Hex } from '../../kernel/hex.js';
import { ConsentToVoid } from './consent-to-void.js';

const [CLAIM, FINANCING]: [Hex, Hex] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`];
const HOLDER: Hex = `0x${'0c'.repeat(20)}`;
const NOW = 1_000;

interface World {
  readonly underWay?: readonly string[];
  readonly encumbrance?: { readonly state: string };
  readonly agreedInVain?: readonly Hex[];
}

/** What a holder's consent to void its receivable leads to. */
async function consented({ underWay = [], encumbrance, agreedInVain = [] }: World) {
  const done: string[] = [];
  const consenting = new ConsentToVoid(
    {
      get: () => Promise.resolve({ id: CLAIM, status: 'CONFIRMED', holder: HOLDER, obligor: 7, orders: [] }),
      coverVersion: () => Promise.resolve(3),
      encumbranceOn: () => Promise.resolve(encumbrance),
    } as never,
    { oneTime: () => ({ address: HOLDER }) } as never,
    { give: () => Promise.resolve({}) } as never,
    {
      lock: () => Promise.resolve(),
      keep: () => Promise.resolve(void done.push('kept')),
      regarded: ({ object, act }: { object: Hex; act: string }, now: number) =>
        Promise.resolve(object === CLAIM && act === 'RESERVE' && now === NOW ? [FINANCING] : []),
    } as never,
    { takeBack: () => Promise.resolve(void done.push('earlier taken back')) } as never,
    { of: () => Promise.resolve([]) } as never,
    { underWay: (act: string) => Promise.resolve(underWay.includes(act) ? [CLAIM] : []) } as never,
    { agreedInVain: (of: Hex[]) => Promise.resolve(of.filter((id) => agreedInVain.includes(id))) } as never,
    { send: () => Promise.resolve(void done.push('sent')) } as never,
    { current: () => ({ timestamp: NOW }) } as never,
  );
  const refusal = await consenting.run(CLAIM).then(
    () => undefined,
    (error: { code: string }) => error.code,
  );
  return { refusal, done };
}

it('goes to the obligor once those before it are taken back', async () => {
  expect(await consented({})).toEqual({ refusal: undefined, done: ['earlier taken back', 'kept', 'sent'] });
});

it.each<[string, World]>([
  ['an agreement with a lender is on its way', { underWay: ['agreeFinancing'] }],
  ['a financing of its order is being taken over', { underWay: ['rollOverFinancing'] }],
  ['the end of a refused agreement is on its way', { underWay: ['revokeReserveConsent'] }],
  ['a lender has a claim', { encumbrance: { state: 'RESERVED' } }],
  ['an agreement that the chain refused was not withdrawn', { agreedInVain: [FINANCING] }],
])('is not given while %s', async (_, world) => {
  expect(await consented(world)).toEqual({ refusal: 'RECEIVABLE_ALREADY_ENCUMBERED', done: [] });
});
