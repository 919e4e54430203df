import type { ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { PROFILES } from '../../documents/index.js';
import type { RequestBody } from './envelopes.js';
import { ReceiveRequest } from './receive-request.js';

const hash = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [FINANCING, ORDER, CLAIM] = [hash('0a'), hash('0b'), hash('0d')];
const [BUYER, SUPPLIER, LENDER] = [1, 2, 3];
const ACCOUNT: Hex = `0x${'0c'.repeat(20)}`;

/** What a lender's node says of a request on an order; JUDGED when it gets as far as what is shown. */
function received(isPast: boolean): Promise<string> {
  const parts: unknown[] = Array.from({ length: 11 }, () => ({}));
  parts[0] = { self: () => Promise.resolve({ id: LENDER }), requireMayBegin: () => undefined };
  const order = { id: ORDER, buyer: BUYER, supplier: SUPPLIER };
  parts[3] = { get: () => Promise.resolve(order), findMany: () => Promise.resolve([order]) };
  parts[4] = { ofOrder: () => Promise.reject(Object.assign(new Error(), { code: 'JUDGED' })) };
  parts[10] = {
    isPast: (buyer: number, { account }: { account: Hex }) =>
      Promise.resolve(isPast && buyer === BUYER && account === ACCOUNT),
  };
  const receiving = new (ReceiveRequest as new (...args: never[]) => ReceiveRequest)(...(parts as never[]));
  const { purpose, version } = PROFILES.CREDIT_DECISION;
  const grant = { financing: FINANCING, object: ORDER, onOrder: true, purpose, profile: version, fields: [] };
  const orderTags = [{ order: ORDER, account: ACCOUNT, signature: '0x', tags: [] }];
  const evidence = { fingerprints: [], orderTags, documents: [] };
  const requested = { amount: '80.00', currency: 'GBP' };
  const body = { object: ORDER, onOrder: true, certificate: null, grant, rollsOver: null, requested, evidence };
  const envelope = { from: { id: SUPPLIER }, object: FINANCING, body } as unknown as ReceivedEnvelope<RequestBody>;
  return receiving.handle(envelope).then(
    () => 'TAKEN',
    ({ code }: { code: string }) => code,
  );
}

/** The same of a request on a receivable, by who certified its holder; WORDS when it gets as far as the buyers' words. */
function receivedOn(certifier: 'LIVE' | 'REVOKED' | 'STRANGER'): Promise<string> {
  const parts: unknown[] = Array.from({ length: 11 }, () => ({}));
  const failing = (code: string) => Promise.reject(Object.assign(new Error(), { code }));
  parts[0] = { self: () => Promise.resolve({ id: LENDER }), requireMayBegin: () => undefined };
  parts[1] = {
    isPast: () => Promise.resolve(certifier === 'REVOKED'),
    check: () => (certifier === 'LIVE' ? Promise.resolve({}) : failing('ONE_TIME_ACCOUNT_UNCERTIFIED')),
  };
  parts[2] = { get: () => Promise.resolve({ id: CLAIM, holder: ACCOUNT, orders: [ORDER] }) };
  parts[3] = { findMany: () => failing('WORDS') };
  const receiving = new (ReceiveRequest as new (...args: never[]) => ReceiveRequest)(...(parts as never[]));
  const { purpose, version } = PROFILES.CREDIT_DECISION;
  const grant = { financing: FINANCING, object: CLAIM, onOrder: false, purpose, profile: version, fields: [] };
  const evidence = { fingerprints: [], orderTags: [], documents: [] };
  const certificate = { account: ACCOUNT, object: CLAIM, member: SUPPLIER, signature: '0x' };
  const requested = { amount: '80.00', currency: 'GBP' };
  const body = { object: CLAIM, onOrder: false, certificate, grant, rollsOver: null, requested, evidence };
  const envelope = { from: { id: SUPPLIER }, object: FINANCING, body } as unknown as ReceivedEnvelope<RequestBody>;
  return receiving.handle(envelope).then(
    () => 'TAKEN',
    ({ code }: { code: string }) => code,
  );
}

it.each([
  ['LIVE', 'WORDS'],
  ['REVOKED', 'TRY_AGAIN'],
  ['STRANGER', 'ONE_TIME_ACCOUNT_UNCERTIFIED'],
] as const)('of a holder that was certified by who is %s by now is answered %s', async (certifier, code) => {
  expect(await receivedOn(certifier)).toBe(code);
});

it('waits for its holder to write it anew while the buyer’s word in it counts no more, and refuses nothing for good', async () => {
  expect(await received(true)).toBe('TRY_AGAIN');
  expect(await received(false)).toBe('JUDGED');
});
