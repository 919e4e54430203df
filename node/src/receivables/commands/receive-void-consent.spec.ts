import type { Hex } from '../../kernel/hex.js';
import type { LenderConsent } from '../domain/signed-consent.js';
import { ReceiveVoidConsent } from './receive-void-consent.js';
import { VoidConsentCheck } from './void-consent-check.js';

const [CLAIM, ORDER, OTHER] = ['0a', '0b', '0c'].map((byte): Hex => `0x${byte.repeat(32)}`) as [Hex, Hex, Hex];
const [HOLDER, LENDER, NEXT] = ['1a', '1b', '1c'].map((byte): Hex => `0x${byte.repeat(20)}`) as [Hex, Hex, Hex];
const NO_SUCCESSOR: Hex = `0x${'00'.repeat(32)}`;

/** Signers of lenders' consents that an obligor keeps beside the holder's, or the code of why it keeps none; `lender` has a claim on the order. */
async function kept(lender: Hex | undefined, given: readonly [Hex, Hex][], forged?: Hex): Promise<unknown> {
  let keeps: unknown = 'nothing';
  const receivables = {
    get: () => Promise.resolve({ id: CLAIM, holder: HOLDER, orders: [ORDER] }),
    encumbrancesOn: () => Promise.resolve(lender ? [{ object: ORDER, lender }] : []),
  } as never;
  const desk = {
    require: (_: unknown, { signer }: { signer: Hex }) => {
      if (signer === forged) throw Object.assign(new Error(), { code: 'CONSENT_INVALID_SIGNATURE' });
    },
  } as never;
  const keep = ({ lenders }: { lenders: LenderConsent[] }) => {
    keeps = lenders.map(({ consent }) => consent.signer);
    return Promise.resolve();
  };
  const receiving = new ReceiveVoidConsent(receivables, desk, new VoidConsentCheck(receivables, desk), {
    keep,
  } as never);
  const lenders = given.map(([object, signer]) => ({ object, consent: { signer } }));
  const body = { successor: NO_SUCCESSOR, consent: { signer: HOLDER }, lenders };
  return receiving.handle({ object: CLAIM, body } as never).then(
    () => keeps,
    ({ code }: { code: string }) => code,
  );
}

it('keeps with the holder’s consent that of a lender whose claim runs', async () => {
  expect(await kept(LENDER, [[ORDER, LENDER]])).toEqual([LENDER]);
});

it('keeps the holder’s consent without that of a lender whose claim has ended since, or that has none', async () => {
  expect(await kept(undefined, [[ORDER, LENDER]])).toEqual([]);
  expect(await kept(NEXT, [[ORDER, LENDER]])).toEqual([]);
  expect(await kept(LENDER, [[OTHER, LENDER]])).toEqual([]);
});

it('refuses it with a forged one of a lender whose claim runs', async () => {
  expect(await kept(LENDER, [[ORDER, LENDER]], LENDER)).toBe('CONSENT_INVALID_SIGNATURE');
});
