import type { FastifyRequest } from 'fastify';
import { Gate } from './gate.js';
import type { Principal } from './principal.js';

const desk: Principal = { credential: 'key:1', name: 'desk', roles: ['ORDER_DESK'] };
const authorization = 'Bearer tp_1_secret';
const request = { principal: desk, headers: { authorization }, method: 'GET', routeOptions: { url: '/v1/events' } };

/** Whether an answer to the desk goes on, its credential being as given now. */
async function goesOn(now: Principal | undefined): Promise<boolean> {
  const authenticate = (header: string) => Promise.resolve(header === authorization ? now : undefined);
  const access = { of: () => ['ORDER_DESK', 'AUDITOR'] };
  return new Gate({ authenticate } as never, access as never, {} as never).stillAdmits(request as FastifyRequest);
}

describe('an answer that goes on', () => {
  it('does so while its credential is let in', () => expect(goesOn({ ...desk })).resolves.toBe(true));

  it.each<[string, Principal | undefined]>([
    ['is revoked or has expired', undefined],
    ['has lost its role', { ...desk, roles: ['LENDER_DESK'] }],
    ['is another', { ...desk, credential: 'key:2' }],
  ])('ends when that %s', (_, now) => expect(goesOn(now)).resolves.toBe(false));

  it('ends as a new request would when it cannot be told', async () => {
    const failing = { authenticate: () => Promise.reject(new Error('TOKEN_ISSUER_UNAVAILABLE')) };
    const gate = new Gate(failing as never, {} as never, {} as never);
    await expect(gate.stillAdmits(request as FastifyRequest)).rejects.toThrow('TOKEN_ISSUER_UNAVAILABLE');
  });
});

it('refuses every wrong credential, and writes down so many a minute, from however many addresses they come', async () => {
  let rows = 0;
  const audit = { record: () => Promise.resolve(rows++) };
  const gate = new Gate(
    { authenticate: () => Promise.resolve(undefined) } as never,
    { of: () => [] } as never,
    audit as never,
  );
  for (let n = 0; n < 700; n++) {
    const from = { ip: `10.0.${n >> 8}.${n & 255}`, headers: { authorization }, routeOptions: {} };
    await expect(gate.identify(from as FastifyRequest)).rejects.toThrow('UNAUTHENTICATED');
  }
  expect(rows).toBe(600);
});
