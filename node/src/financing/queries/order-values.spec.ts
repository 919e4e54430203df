import type { Hex } from '../../kernel/hex.js';
import { OrderValues } from './order-values.js';

const [ORDER, CLAIM, ROOT, INVOICE, CONFIRMATION]: Hex[] = ['0x0a', '0x0b', '0x1a', '0x1b', '0x1c'];
const answering = (value: unknown) => () => Promise.resolve(value);

/** What an order of 100.00 GBP in this state, of which so much was claimed, is worth before the rest is delivered. */
async function undelivered(status: string, claimed = '60.00', currency = 'GBP', invoice: object = { '/has': '' }) {
  const documents = new Map([
    [ROOT, new Map(Object.entries({ '/amount': '100.00', '/currency': 'GBP' }))],
    [INVOICE, new Map(Object.entries(invoice))],
  ]);
  const parts = [
    { get: answering({ id: ORDER, commitment: ROOT, status }) },
    {
      bornFrom: answering([
        { id: CLAIM, commitment: INVOICE, confirmed: { block: 5 }, confirmation: CONFIRMATION, parent: null },
      ]),
    },
    { of: answering({ amount: claimed, currency }) },
    { of: ([{ root }]: [{ root: Hex }]) => Promise.resolve(new Map([[root, documents.get(root)]])) },
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

describe('an invoice of which part was paid before', () => {
  const bill = { '/has': 'prepaid', '/amount': '40.00', '/currency': 'GBP', '/prepaid': '30.00' };
  const left = (invoice: object) => worth('ACCEPTED', '40.00', 'GBP', invoice);

  it('bills what was prepaid too: that is no more to be lent on', async () => {
    expect(await left(bill)).toBe('30.00');
    expect(await left({ ...bill, '/prepaid': '60.00' })).toBe('0.00');
  });

  it('counts it once over all instalments', async () => {
    expect(await left({ ...bill, '/invoiceAmount': '120.00' })).toBe('50.00');
  });

  it.each([
    ['whether it has any', { '/has': undefined }],
    ['how much', { '/prepaid': undefined }],
    ['of what', { '/amount': undefined }],
    ['a figure', { '/prepaid': '1e2' }],
  ])('leaves the value open unless it shows %s', async (_, hidden) => {
    const shown = Object.entries({ ...bill, ...hidden }).filter(([, value]) => value !== undefined);
    await expect(left(Object.fromEntries(shown))).rejects.toMatchObject({ code: 'COVER_NOT_SHOWN' });
  });
});
