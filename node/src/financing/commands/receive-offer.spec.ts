import type { ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { OfferBody } from './envelopes.js';
import { ReceiveOffer } from './receive-offer.js';

const [FINANCING, CLAIM]: [Hex, Hex] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`];
const ACCOUNT: Hex = `0x${'0c'.repeat(20)}`;
const LENDER = 3;

/** What a holder's node says of an offer, by who certified the lender's account; OFFER_TERMS_INVALID when it gets as far as what is offered. */
function received(certifier: 'LIVE' | 'REVOKED' | 'STRANGER'): Promise<string> {
  const failing = (code: string) => Promise.reject(Object.assign(new Error(), { code }));
  const parts: unknown[] = Array.from({ length: 9 }, () => ({}));
  const financing = { object: CLAIM, onOrder: false };
  parts[0] = { require: () => Promise.resolve({ financing, status: 'REQUESTED' }) };
  parts[1] = { byId: () => Promise.resolve({ id: LENDER }), requireMayBegin: () => undefined };
  parts[3] = {
    isPast: () => Promise.resolve(certifier === 'REVOKED'),
    check: () => (certifier === 'LIVE' ? Promise.resolve({}) : failing('ONE_TIME_ACCOUNT_UNCERTIFIED')),
  };
  const receiving = new (ReceiveOffer as new (...args: never[]) => ReceiveOffer)(...(parts as never[]));
  const certificate = { account: ACCOUNT, object: CLAIM, member: LENDER, signature: '0x' };
  const body = { content: {}, seed: '0x', certificate, consent: { signer: ACCOUNT }, firstLenders: [] };
  const envelope = { from: { id: LENDER }, object: FINANCING, body } as unknown as ReceivedEnvelope<OfferBody>;
  return receiving.handle(envelope).then(
    () => 'TAKEN',
    ({ code }: { code: string }) => code,
  );
}

it.each([
  ['LIVE', 'OFFER_TERMS_INVALID'],
  ['REVOKED', 'TRY_AGAIN'],
  ['STRANGER', 'ONE_TIME_ACCOUNT_UNCERTIFIED'],
] as const)('an offer whose lender was certified by who is %s by now is answered %s', async (certifier, code) => {
  expect(await received(certifier)).toBe(code);
});
