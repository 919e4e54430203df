import type { Hex } from '../../kernel/hex.js';
import { KnownMatters } from './known-matters.js';

const [ID, ROOT, OTHER] = ['11', '22', '33'].map((pair) => `0x${pair.repeat(32)}` as Hex) as [Hex, Hex, Hex];

/** What this member knows of an object. */
interface Known {
  readonly financing?: object;
  readonly orders?: readonly object[];
  readonly change?: object;
  readonly receivable?: object;
  readonly encumbrance?: object;
  readonly payments?: readonly object[];
  readonly splits?: readonly object[];
  readonly voidConsent?: object;
  readonly read?: readonly Hex[];
}

const aboutOf = (known: Known, url = '') =>
  new KnownMatters(
    { find: () => known.financing } as never,
    { find: () => known.receivable, encumbranceOn: () => known.encumbrance } as never,
    { payments: () => known.payments } as never,
    { about: () => known.splits ?? [] } as never,
    { of: () => Promise.resolve(known.voidConsent) } as never,
    { findMany: () => known.orders ?? [], pendingChange: () => known.change } as never,
    { read: () => known.read ?? [] } as never,
  ).of(ID, url);

it.each<[string, Known, object[]]>([
  ['nothing of what is not known', {}, []],
  ['the offer of a financing', { financing: { offer: { root: ROOT } } }, [{ what: 'OFFER', root: ROOT }]],
  ['nothing of one without', { financing: { offer: null } }, []],
  ['an order as it is in force', { orders: [{ commitment: ROOT }] }, [{ what: 'ORDER', root: ROOT }]],
  [
    'and the change of it that waits',
    { orders: [{ commitment: ROOT }], change: { commitment: OTHER } },
    [
      { what: 'ORDER', root: ROOT },
      { what: 'CHANGE', root: OTHER },
    ],
  ],
  [
    'an invoice and its notice',
    { receivable: { commitment: ROOT }, encumbrance: { notice: OTHER } },
    [
      { what: 'INVOICE', root: ROOT },
      { what: 'NOTICE', root: OTHER },
    ],
  ],
  [
    'parts offered, not parts proposed',
    {
      splits: [
        { id: ROOT, side: 'NEW_HOLDER' },
        { id: OTHER, side: 'HOLDER' },
      ],
    },
    [{ what: 'SPLIT', root: ROOT }],
  ],
  ['the documents of a batch', { read: [ROOT, OTHER] }, [{ what: 'DOCUMENTS', count: 2 }]],
])('tells %s', async (_, known, about) => {
  expect(await aboutOf(known)).toMatchObject(about);
  expect(await aboutOf(known)).toHaveLength(about.length);
});

it('tells no offer to the command that makes another', async () => {
  const known = { financing: { offer: { root: ROOT } } };
  expect(await aboutOf(known, `/v1/financings/${ID}/offer`)).toEqual([]);
  expect(await aboutOf(known, `/v1/financings/${ID}/disbursement`)).toHaveLength(1);
});

it('tells of a payment what stands at its number', async () => {
  const payments = [
    { entry: 1, commitment: OTHER },
    { entry: 12, commitment: ROOT },
  ];
  const known = { receivable: { commitment: ID }, payments };
  const url = `/v1/receivables/${ID}/payments/12/acknowledgement`;
  expect(await aboutOf(known, url)).toEqual([
    { what: 'INVOICE', root: ID },
    { what: 'PAYMENT', root: ROOT },
  ]);
});

it('tells one reading of a batch from another', async () => {
  const [one, more] = [await aboutOf({ read: [ROOT] }), await aboutOf({ read: [OTHER] })];
  expect(one[0]!.root).not.toBe(more[0]!.root);
});

describe('a voiding', () => {
  const url = `/v1/receivables/${ID}/voiding`;
  const lender = (object: Hex, signature: string) => ({ object, consent: { signer: OTHER, signature } });
  const rootOf = async (voidConsent: object) => {
    const about = await aboutOf({ receivable: { commitment: ROOT }, voidConsent }, url);
    expect(about).toMatchObject([{ what: 'INVOICE' }, { what: 'VOID_CONSENT' }]);
    return about[1]!.root;
  };

  it('is of the successor and the lenders that are consented for, signed anew or not', async () => {
    const first = await rootOf({ successor: ROOT, lenders: [lender(ID, 'a'), lender(ROOT, 'b')] });
    expect(await rootOf({ successor: ROOT, lenders: [lender(ROOT, 'c'), lender(ID, 'd')] })).toBe(first);
    expect(await rootOf({ successor: OTHER, lenders: [lender(ID, 'a'), lender(ROOT, 'b')] })).not.toBe(first);
    expect(await rootOf({ successor: ROOT, lenders: [lender(ID, 'a')] })).not.toBe(first);
  });

  it('is not put to a second person while there is no consent', async () => {
    const known = { receivable: { commitment: ROOT } };
    const paying = `/v1/receivables/${ID}/payments`;
    expect(await aboutOf({ ...known, voidConsent: { successor: ROOT, lenders: [] } }, paying)).toHaveLength(1);
    await expect(aboutOf(known, url)).rejects.toMatchObject({ code: 'VOID_CONSENT_MISSING' });
    expect(await aboutOf(known, `/v1/receivables/${ID}/confirmation`)).toHaveLength(1);
  });
});
