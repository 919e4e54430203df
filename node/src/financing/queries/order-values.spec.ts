import type { Hex } from '../../kernel/hex.js';
import { OrderValues } from './order-values.js';

const [ORDER, CLAIM, ROOT, INVOICE, CONFIRMATION]: Hex[] = ['0x0a', '0x0b', '0x1a', '0x1b', '0x1c'];
const answering = (value: unknown) => () => Promise.resolve(value);

/** What an order of 100.00 GBP in this state, of which so much was claimed, is worth before the rest is delivered. */
async function undelivered(
  status: string,
  claimed = '60.00',
  currency = 'GBP',
  invoice: object = { '/has': '' },
  inFull = false,
) {
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
    {},
    {
      of: ([{ root }]: [{ root: Hex }]) => Promise.resolve(new Map([[root, documents.get(root)]])),
      hasInFull: answering(inFull),
    },
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

describe('an invoice from before invoices said what they have', () => {
  const left = (invoice: object, inFull: boolean) => worth('ACCEPTED', '40.00', 'GBP', invoice, inFull);
  const before = { '/amount': '40.00', '/currency': 'GBP' };
  const notShown = { code: 'COVER_NOT_SHOWN' };

  it('says by itself that nothing was prepaid, to who has all of it', async () => {
    expect(await left(before, true)).toBe('60.00');
    await expect(left(before, false)).rejects.toMatchObject(notShown);
  });

  it('leaves the value open where something may have been', async () => {
    for (const said of ['/source/values/LegalMonetaryTotal/PrepaidAmount', '/source/values/prepaid'])
      await expect(left({ ...before, [said]: '10' }, true)).rejects.toMatchObject(notShown);
    await expect(left({ ...before, '/has': 'else' }, true)).rejects.toMatchObject(notShown);
  });
});

describe('a prepayment that was invoiced itself', () => {
  interface Bill {
    readonly owed: string;
    readonly says?: Record<string, string>;
    /** Of its payments that were acknowledged, and whether each is shown. */
    readonly paid?: readonly (string | undefined)[];
    readonly claimed?: string;
  }

  const deposit = (paid: Bill['paid'], says: Record<string, string> = { '/ofPrepayment': 'true' }): Bill => ({
    owed: '10.00',
    says,
    paid,
  });
  const delivery = (owed: string, prepaid: string): Bill => ({
    owed,
    says: { '/has': 'prepaid', '/prepaid': prepaid },
  });

  async function leftBy(...bills: readonly Bill[]): Promise<string> {
    const ids = bills.map((_, i): Hex => `0x2${i}`);
    const money = (amount: string) => ({ '/amount': amount, '/currency': 'GBP' });
    const billOf = (id: Hex) => bills[ids.indexOf(id)]!;
    const claims = ids.map((id) => ({ id, commitment: id, confirmed: {}, confirmation: CONFIRMATION, parent: null }));
    const fieldsAt = (root: Hex) =>
      root === ROOT ? money('100.00') : { '/has': '', ...money(billOf(root).owed), ...billOf(root).says };
    const parts = [
      { get: answering({ id: ORDER, commitment: ROOT, status: 'ACCEPTED' }) },
      { bornFrom: answering(claims) },
      { of: ({ id }: { id: Hex }) => Promise.resolve({ amount: billOf(id).owed, currency: 'GBP' }) },
      {
        payments: ({ id }: { id: Hex }) => {
          const { paid = [], claimed } = billOf(id);
          const said = (amount?: string) => (amount === undefined ? undefined : new Map(Object.entries(money(amount))));
          return Promise.resolve([
            ...paid.map((amount) => ({ acknowledged: {}, fields: said(amount) })),
            ...(claimed === undefined ? [] : [{ acknowledged: null, fields: said(claimed) }]),
          ]);
        },
      },
      {
        of: ([{ root }]: [{ root: Hex }]) =>
          Promise.resolve(new Map([[root, new Map(Object.entries(fieldsAt(root)))]])),
      },
    ] as never[];
    const values = new (OrderValues as new (...args: never[]) => OrderValues)(...parts);
    const { value } = await values.undelivered(ORDER!);
    return value.toFixed(2);
  }

  it('counts once: by its invoice, and not by those that it is taken off', async () => {
    expect(await leftBy(deposit(['10.00']))).toBe('90.00');
    expect(await leftBy(deposit(['10.00']), delivery('20.00', '10.00'))).toBe('70.00');
    expect(await leftBy(deposit(['10.00']), delivery('20.00', '4.00'), delivery('20.00', '6.00'))).toBe('50.00');
  });

  it.each([
    ['more was prepaid than that', deposit(['10.00']), '15.00', '65.00'],
    ['it was paid in part', deposit(['4.00', '3.00']), '10.00', '67.00'],
    ['it was not paid', deposit([]), '10.00', '60.00'],
    ['its payment was not acknowledged', { ...deposit([]), claimed: '10.00' }, '10.00', '60.00'],
    ['its payment is not shown', deposit([undefined]), '10.00', '60.00'],
    ['more was paid than was undertaken', deposit(['30.00']), '30.00', '50.00'],
    ['it does not say that it is of a prepayment', deposit(['10.00'], {}), '10.00', '60.00'],
  ])('counts again as far as it may not be the same: %s', async (_, first, prepaid, left) => {
    expect(await leftBy(first, delivery('20.00', prepaid))).toBe(left);
  });
});
