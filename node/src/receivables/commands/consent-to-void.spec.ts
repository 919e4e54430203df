import type { Hex } from '../../kernel/hex.js';
import type { LenderConsent } from '../domain/signed-consent.js';
import { ConsentToVoid } from './consent-to-void.js';
import { VoidConsentCheck } from './void-consent-check.js';

const [CLAIM, FINANCING, ORDER] = ['0a', '0b', '0d'].map((byte): Hex => `0x${byte.repeat(32)}`) as [Hex, Hex, Hex];
const [HOLDER, LENDER] = ['0c', '0e'].map((byte): Hex => `0x${byte.repeat(20)}`) as [Hex, Hex];
const NOW = 1_000;

interface World {
  readonly underWay?: readonly string[];
  readonly encumbrance?: { readonly state: string };
  readonly agreedInVain?: readonly Hex[];
  /** Whose claim on the order runs; `LENDER` consented to the voiding. */
  readonly orderLender?: Hex;
}

/** What a holder's consent to void its receivable leads to. */
async function consented({ underWay = [], encumbrance, agreedInVain = [], orderLender }: World) {
  const done: string[] = [];
  const orderClaims = orderLender ? [{ object: ORDER, lender: orderLender }] : [];
  const consenting = new ConsentToVoid(
    {
      get: () => Promise.resolve({ id: CLAIM, status: 'CONFIRMED', holder: HOLDER, obligor: 7, orders: [ORDER] }),
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
    { of: () => Promise.resolve([{ object: ORDER, consent: { signer: LENDER } }]) } as never,
    new VoidConsentCheck({ encumbrancesOn: () => Promise.resolve(orderClaims) } as never, {} as never),
    { underWay: (act: string) => Promise.resolve(underWay.includes(act) ? [CLAIM] : []) } as never,
    { agreedInVain: (of: Hex[]) => Promise.resolve(of.filter((id) => agreedInVain.includes(id))) } as never,
    {
      send: ({ body }: { body: { lenders: LenderConsent[] } }) =>
        Promise.resolve(void done.push(['sent', ...body.lenders.map(({ consent }) => consent.signer)].join(' with '))),
    } as never,
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

it('takes the consent of a lender along while its claim on the order runs, and not once that is another’s or nobody’s', async () => {
  const sent = async (orderLender?: Hex) => (await consented({ orderLender })).done.at(-1);
  expect(await sent(LENDER)).toBe(`sent with ${LENDER}`);
  expect(await sent(HOLDER)).toBe('sent');
  expect(await sent()).toBe('sent');
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
