import type { Hex } from '../../kernel/hex.js';
import { Debts } from '../../receivables/queries/debts.js';
import { Payable } from './payable.js';
import { PaymentOrders } from './payment-orders.js';

const ID = `0x${'ab'.repeat(32)}` as Hex;
const ROOT = `0x${'cd'.repeat(32)}` as Hex;
const WHOLE = `0x${'ef'.repeat(32)}` as Hex;
const [OBLIGOR, SUPPLIER, OTHER] = [1, 2, 3];
const NAMES = ['', 'core', 'supplier-1', 'supplier-2'];
const answering = (value: unknown) => () => Promise.resolve(value);
const make = <T>(type: new (...args: never[]) => T, ...parts: unknown[]): T => new type(...(parts as never[]));

/** A claim of 600 as it stands at its obligor, and the wish for its pain.001. */
interface World {
  /** One after another, as often as it is looked at; the last stays. */
  readonly statuses?: readonly string[];
  readonly payments?: readonly object[];
  /** Of the newest split. */
  readonly split?: string;
  readonly underWay?: readonly string[];
  readonly entitled?: number;
  readonly said?: Record<string, string>;
  readonly self?: number;
  readonly amount?: string;
  /** Of the whole that it is a part of. */
  readonly wholeSaid?: Record<string, string>;
  readonly notice?: { readonly iban?: string };
  readonly despitePayTo?: boolean;
}

function order(world: World): Promise<string> {
  const { payments = [], split, underWay = [], entitled = SUPPLIER, said = {}, self = OBLIGOR, amount } = world;
  const { wholeSaid, notice, despitePayTo } = world;
  const statuses = [...(world.statuses ?? ['CONFIRMED'])];
  const receivables = {
    get: () => {
      const status = statuses.length > 1 ? statuses.shift() : statuses[0];
      return Promise.resolve({ id: ID, obligor: OBLIGOR, supplier: SUPPLIER, commitment: ROOT, orders: [], status });
    },
    encumbranceHistory: answering([]),
    ancestors: answering(wholeSaid ? [{ id: WHOLE, commitment: WHOLE }] : []),
  };
  const terms = { amount: '600', currency: 'GBP', dueDate: '2027-02-10' };
  const payable = make(
    Payable,
    receivables,
    { require: answering(terms) },
    { payments: answering(payments), creditNotes: answering([]) },
    make(Debts, receivables),
    { open: answering(split && { status: split }) },
    { underWay: (act: string) => Promise.resolve(underWay.includes(act) ? [ID] : []) },
  );
  const orders = make(
    PaymentOrders,
    payable,
    { of: () => notice },
    { entitled: () => entitled },
    {
      of: ([place]: { root: Hex }[]) =>
        new Map([[place!.root, new Map(Object.entries(place!.root === WHOLE ? wholeSaid! : said))]]),
    },
    {
      self: () => ({ id: self, name: NAMES[self] }),
      byId: (member: number) => ({ id: member, name: NAMES[member] }),
    },
    { current: () => ({ timestamp: 1_764_158_400 }) },
    receivables,
  );
  const accounts = { debtorIban: 'DE89370400440532013000', creditorIban: 'GB29NWBK60161331926819' };
  return orders.of(ID, { ...accounts, amount, despitePayTo });
}

const creditorIn = (xml: string) => /<Cdtr>\s*<Nm>(.*)<\/Nm>/.exec(xml)?.[1];
const amountIn = (xml: string) => /<InstdAmt Ccy="GBP">(.*)<\/InstdAmt>/.exec(xml)?.[1];

it('names the supplier as its invoice does', async () => {
  expect(creditorIn(await order({ said: { '/payee/name': 'Halden Castings AS' } }))).toBe('Halden Castings AS');
  expect(creditorIn(await order({}))).toBe('supplier-1');
});

it('names who was given a part of a split, whatever its invoice says', async () => {
  expect(creditorIn(await order({ entitled: OTHER }))).toBe('supplier-2');
  const said = { '/payee/name': 'Halden Castings AS' };
  expect(creditorIn(await order({ entitled: OTHER, said }))).toBe('supplier-2');
});

describe('an invoice that says to pay another', () => {
  const other = { code: 'PAYMENT_PAYEE_OTHER' };
  const said = { '/has': 'payTo', '/payTo/id': 'FACTOR', '/payee/name': 'Halden Castings AS' };

  it('is not paid to its supplier before somebody says so', async () => {
    await expect(order({ said })).rejects.toMatchObject(other);
    await expect(order({ said: { '/has': 'payTo', '/payTo/name': 'A Factor' } })).rejects.toMatchObject(other);
    expect(creditorIn(await order({ said, despitePayTo: true }))).toBe('Halden Castings AS');
  });

  it('reaches the parts that it was split into', async () => {
    await expect(order({ entitled: OTHER, said: {}, wholeSaid: said })).rejects.toMatchObject(other);
    expect(creditorIn(await order({ entitled: OTHER, said: {}, wholeSaid: { '/has': '' } }))).toBe('supplier-2');
  });

  it('is paid as a lender’s notice says', async () => {
    expect(creditorIn(await order({ entitled: OTHER, said, notice: {} }))).toBe('supplier-2');
  });
});

it.each(['ISSUED', 'SETTLED', 'SPLIT', 'WRITTEN_OFF', 'VOID'])('pays nothing on a claim that is %s', async (status) => {
  await expect(order({ statuses: [status] })).rejects.toMatchObject({ code: 'RECEIVABLE_NOT_CONFIRMED' });
});

it('is for the obligor alone', async () => {
  await expect(order({ self: SUPPLIER })).rejects.toMatchObject({ code: 'RECEIVABLE_UNAUTHORIZED' });
});

it('waits for a split that this member signed, for its own claim to have paid, and for its word on whom to pay', async () => {
  await expect(order({ split: 'SIGNED' })).rejects.toMatchObject({ code: 'TRY_AGAIN' });
  for (const act of ['claimPayment', 'acknowledgeNotice'])
    await expect(order({ underWay: [act] })).rejects.toMatchObject({ code: 'TRY_AGAIN' });
  // Made on chain between two looks.
  const made = order({ statuses: ['CONFIRMED', 'SPLIT'], split: 'COMPLETED' });
  await expect(made).rejects.toMatchObject({ code: 'RECEIVABLE_NOT_CONFIRMED' });
  expect(amountIn(await order({ split: 'REQUESTED', underWay: ['withdrawPayment'] }))).toBe('600.00');
});

describe('what was claimed as paid', () => {
  const at = { block: 7 };
  const paid = (amount: string, more: object = {}) => {
    const fields = new Map(Object.entries({ '/amount': amount, '/currency': 'GBP' }));
    return { fields, acknowledged: null, withdrawn: null, ...more };
  };
  const payments = [paid('400.00'), paid('100.00', { acknowledged: at }), paid('70.00', { withdrawn: at })];

  it('is not ordered again while its payee is silent; what was taken back is', async () => {
    expect(amountIn(await order({ payments }))).toBe('100.00');
    expect(amountIn(await order({ payments, amount: '99.99' }))).toBe('99.99');
    await expect(order({ payments, amount: '100.01' })).rejects.toMatchObject({
      code: 'AMOUNT_INVALID',
      facts: { owed: '500.00', claimed: '400.00', currency: 'GBP' },
    });
  });

  it('leaves nothing to order once it is all', async () => {
    const all = { code: 'AMOUNT_INVALID', facts: { owed: '600.00', claimed: '700.00', currency: 'GBP' } };
    for (const amount of [undefined, '0.01'])
      await expect(order({ payments: [paid('700.00')], amount })).rejects.toMatchObject(all);
  });

  it('counts as nothing where it is in another currency than is owed', async () => {
    const fields = new Map(Object.entries({ '/amount': '400.00', '/currency': 'EUR' }));
    expect(amountIn(await order({ payments: [paid('400.00', { fields })] }))).toBe('600.00');
  });
});
