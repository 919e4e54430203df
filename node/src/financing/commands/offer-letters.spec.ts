import type { Hex } from '../../kernel/hex.js';
import { OfferLetters } from './offer-letters.js';

const hash = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [FINANCING, CLAIM, ROOT, SEED] = [hash('0a'), hash('0b'), hash('0c'), hash('0d')];
const HOLDER = 2;
const TERMS = { advance: { amount: '80.00', currency: 'GBP' }, kind: 'PLEDGE', expiresAt: 9 };

/** A lender's offer on its way, certified by an operator of which the one called `now` is live, or none. */
function lender({ status = 'OFFERED', reserved = false, onTheirWay = 1, by = 'before', live = true, kept = true }) {
  const offer = { terms: TERMS, root: ROOT, certificate: { by }, consent: { signer: CLAIM }, firstLenders: [] };
  const financing = { id: FINANCING, object: CLAIM, holder: HOLDER, status, offer };
  const sent: object[] = [];
  let condition: (id: Hex) => Promise<boolean>;
  new OfferLetters(
    { lock: () => Promise.resolve({ financing, encumbrance: reserved ? {} : undefined }) } as never,
    { change: (_: Hex, change: object) => Promise.resolve(void Object.assign(financing, change)) } as never,
    {
      stands: (certificate: { by: string }) => Promise.resolve(live && certificate.by === 'now'),
      certify: () =>
        live ? Promise.resolve({ by: 'now' }) : Promise.reject(Object.assign(new Error(), { code: 'REVOKED' })),
    } as never,
    {
      at: ({ root, object }: { root: Hex; object: Hex }) =>
        Promise.resolve(kept && root === ROOT && object === CLAIM ? { seed: SEED } : undefined),
    } as never,
    {
      leavesIf: (type: string, given: typeof condition) => void (type === 'financing.offer' && (condition = given)),
      onTheirWay: (type: string) => Promise.resolve(type === 'financing.offer' ? onTheirWay : 0),
      send: (letter: object) => Promise.resolve(void sent.push(letter)),
    } as never,
    { run: (work: () => Promise<unknown>) => work() } as never,
  );
  return { financing, sent, leaves: () => condition(FINANCING) };
}

it('is certified and written anew, with the consents that it had, once the operator that certified its account is revoked', async () => {
  const { financing, sent, leaves } = lender({});
  const { consent, firstLenders } = financing.offer;
  expect(await leaves()).toBe(false);
  const { advance, kind: encumbrance, ...terms } = TERMS;
  const content = { financing: FINANCING, advance: advance.amount, currency: advance.currency, encumbrance, ...terms };
  const body = { content, seed: SEED, certificate: { by: 'now' }, consent, firstLenders };
  expect(sent).toEqual([{ to: HOLDER, type: 'financing.offer', object: FINANCING, body }]);
  expect(financing.offer).toEqual({ terms: TERMS, root: ROOT, certificate: { by: 'now' }, consent, firstLenders });
  // The one that was written then.
  expect([await leaves(), sent.length]).toEqual([true, 1]);
});

it('waits while its member has no live operator', async () => {
  const { financing, sent, leaves } = lender({ live: false });
  await expect(leaves()).rejects.toMatchObject({ code: 'REVOKED' });
  expect([financing.offer.certificate.by, sent]).toEqual(['before', []]);
});

it.each([
  ['of which another was written', { onTheirWay: 2 }, false],
  ['that was agreed to', { reserved: true }, true],
  ['that its holder wants no more', { status: 'WITHDRAWN' }, true],
  ['certified by who is live', { by: 'now' }, true],
  ['that was erased', { kept: false }, true],
])('is not written again: one %s', async (_, given, leaving) => {
  const { sent, leaves } = lender(given);
  expect([await leaves(), sent]).toEqual([leaving, []]);
});
