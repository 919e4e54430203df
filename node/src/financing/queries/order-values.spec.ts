import type { Hex } from '../../kernel/hex.js';
import { OrderValues } from './order-values.js';

const [ORDER, CLAIM, ROOT, CONFIRMATION]: Hex[] = ['0x0a', '0x0b', '0x1a', '0x1c'];
const answering = (value: unknown) => () => Promise.resolve(value);

/** What an order of 100.00 GBP in this state, of which so much was claimed, is worth before the rest is delivered. */
async function undelivered(status: string, claimed = '60.00', currency = 'GBP') {
  const parts = [
    { get: answering({ id: ORDER, commitment: ROOT, status }) },
    { bornFrom: answering([{ id: CLAIM, confirmed: { block: 5 }, confirmation: CONFIRMATION, parent: null }]) },
    { of: answering({ amount: claimed, currency }) },
    { of: answering(new Map([[ROOT, new Map(Object.entries({ '/amount': '100.00', '/currency': 'GBP' }))]])) },
  ] as never[];
  const values = new (OrderValues as new (...args: never[]) => OrderValues)(...parts);
  return values.undelivered(ORDER!);
}

async function worth(...asked: Parameters<typeof undelivered>): Promise<string> {
  const { value, minorDigits } = await undelivered(...asked);
  return value.toFixed(minorDigits);
}

it.each([
  ['ACCEPTED', '40.00'],
  ['COMPLETED', '0.00'],
  ['CANCELLED', '0.00'],
])('of an order that is %s what was not claimed is worth %s', async (status, value) => {
  expect(await worth(status)).toBe(value);
});

it('is worth nothing, and not less, once a claim of several orders is more than it', async () => {
  expect(await worth('ACCEPTED', '200.00')).toBe('0.00');
});

it('counts as nothing beside a claim in another currency, which is named', async () => {
  expect(await worth('ACCEPTED', '60', 'JPY')).toBe('0.00');
  expect((await undelivered('ACCEPTED', '60', 'JPY')).foreign).toMatchObject({ receivable: CLAIM, currency: 'JPY' });
  expect((await undelivered('ACCEPTED')).foreign).toBeUndefined();
});
