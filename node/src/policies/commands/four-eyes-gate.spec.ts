import type { GatedCommand } from '../../http/index.js';
import { orderXml } from '../../orders/testing/documents.js';
import { FourEyesGate } from './four-eyes-gate.js';

/** A gate with a clause on every command above that amount of euros. */
function gateAbove(amount: string): FourEyesGate {
  const clause = { id: 'big', kind: 'FOUR_EYES', commands: ['*'], above: { amount, currency: 'EUR' } };
  const packs = [{ scope: 'MEMBER', version: 1, clauses: [clause] }];
  return new FourEyesGate(
    { packs: () => Promise.resolve(packs) } as never,
    { of: () => Promise.resolve(undefined) } as never,
    { use: () => Promise.resolve(false), settledCount: () => Promise.resolve(0) } as never,
    {} as never,
  );
}

const xml = orderXml('PO-FOUR-EYES');
const base64 = Buffer.from(xml).toString('base64');
const principal = { credential: 'key:1', name: 'desk', roles: ['ORDER_DESK'] };
const command = (mediaType: string, body: string): GatedCommand =>
  ({ action: 'POST /v1/orders/bulk', url: '/v1/orders/bulk', principal, mediaType, body: Buffer.from(body) }) as never;

it.each([
  ['as XML', command('application/xml', xml)],
  ['as base64 within a line', command('application/x-ndjson', `{"supplier":"supplier-1","xml":"${base64}"}\n`)],
])('a document is worth its amount, however it comes: %s', async (_, wanted) => {
  await expect(gateAbove('4999.99').admit(wanted)).rejects.toMatchObject({ code: 'APPROVAL_REQUIRED' });
  await expect(gateAbove('5000.00').admit(wanted)).resolves.toBeUndefined();
});
