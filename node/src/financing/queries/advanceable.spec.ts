import type { Config } from '../../config/index.js';
import { DisclosedDocuments, type DisclosureSource, type DocumentPlace } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { defineProblem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import type { Orders } from '../../orders/index.js';
import type { CommittedFields, Covers, Receivable, Receivables } from '../../receivables/index.js';
import { type Statements, Undertakings } from '../../receivables/index.js';
import { AdvanceableQuery } from './advanceable.js';
import type { OrderAdvances } from './order-advances.js';
import { OrderValues } from './order-values.js';

const [ORDER, CLAIM, ROOT, INVOICE, CONFIRMATION]: Hex[] = ['0x0a', '0x0b', '0x1a', '0x1b', '0x1c'];
const CONFIRMED = { '/amount': '60.00', '/currency': 'EUR', '/dueDate': '2027-03-01' };
const INVOICED = { '/has': '', '/amount': '80.00', '/currency': 'EUR', '/dueDate': '2027-01-01' };

const NOTHING: DisclosureSource = {
  at: () => Promise.resolve([]),
  standing: () => Promise.resolve([]),
  ofNumber: () => Promise.resolve([]),
  refusal: () => Promise.resolve(undefined),
  closed: () => undefined,
};

const receivable = (more: object = {}): Receivable =>
  ({
    id: CLAIM,
    status: 'CONFIRMED',
    openDisputes: 0,
    orders: [ORDER],
    commitment: INVOICE,
    confirmation: CONFIRMATION,
    scope: 0,
    confirmed: {},
    parent: null,
    ...more,
  }) as unknown as Receivable;

/** The query over an order worth 100.00 EUR, financed in full, and the documents that are shown. */
function query({
  born = [] as Receivable[],
  shown = {} as Record<Hex, Record<string, string>>,
  advanced = '0',
  disclosed = new DisclosedDocuments(),
}) {
  let coverVersion = 3;
  const documents: Record<Hex, Record<string, string>> = {
    [ROOT!]: { '/amount': '100.00', '/currency': 'EUR' },
    ...(shown[CONFIRMATION!] && { [INVOICE!]: INVOICED }),
    ...shown,
  };
  const of = (places: readonly DocumentPlace[]) =>
    new Map(places.flatMap(({ root }) => (documents[root] ? [[root, new Map(Object.entries(documents[root]))]] : [])));
  const fields = {
    of: (places: readonly DocumentPlace[]) => Promise.resolve(of(places)),
  } as unknown as CommittedFields;
  const receivables = {
    get: () => Promise.resolve(born[0]),
    bornFrom: () => Promise.resolve(born),
    coverVersion: () => Promise.resolve(coverVersion),
  } as unknown as Receivables;
  const order = { id: ORDER, status: 'ACCEPTED', commitment: ROOT, coverVersion: 0, buyer: 1 };
  const covers = {
    of: () => {
      coverVersion += 1;
      return Promise.resolve({ cover: { amount: Rational.parse('60'), terms: [] }, currency: 'EUR', minorDigits: 2 });
    },
  } as unknown as Covers;
  const orders = { get: () => Promise.resolve(order) } as unknown as Orders;
  const undertakings = new Undertakings(fields);
  return new AdvanceableQuery(
    receivables,
    orders,
    covers,
    undertakings,
    new OrderValues(orders, receivables, undertakings, {} as Statements, fields),
    { on: () => Promise.resolve([{ outstanding: Rational.parse(advanced) }]) } as unknown as OrderAdvances,
    disclosed,
    { orderAdvanceBps: 10_000 } as Config,
  );
}

describe('what may be advanced on an order (rule 5)', () => {
  it.each([
    ['nothing was claimed on it', [], {}, '100.00'],
    ['a claim was confirmed', [receivable()], { [CONFIRMATION!]: CONFIRMED }, '40.00'],
    ['it was paid since', [receivable({ status: 'SETTLED' })], { [CONFIRMATION!]: CONFIRMED }, '40.00'],
    ['only its invoice is shown', [receivable()], { [INVOICE!]: INVOICED }, '20.00'],
    ['it is void', [receivable({ status: 'VOID' })], {}, '100.00'],
    ['it is not confirmed', [receivable({ confirmed: null, confirmation: null })], {}, '100.00'],
    ['two were', [receivable(), receivable()], { [CONFIRMATION!]: CONFIRMED }, '0.00'],
  ])('is what is left of it when %s', async (_, born, shown, amount) => {
    const { cover } = await query({ born, shown }).of(ORDER!, true);
    expect(cover).toEqual({ amount, currency: 'EUR' });
  });

  it('is less by what is out on the rest', async () => {
    const able = query({ born: [receivable()], shown: { [CONFIRMATION!]: CONFIRMED }, advanced: '15' });
    expect((await able.of(ORDER!, true)).cover.amount).toBe('25.00');
  });

  it('is expected back when it is delivered, unless what the order says is no day', async () => {
    const payable = async (until: string) => {
      const order = { '/amount': '100.00', '/currency': 'EUR', '/deliverUntil': until };
      return (await query({ shown: { [ROOT!]: order } }).of(ORDER!, true)).payableOn;
    };
    expect(await payable('2027-02-01')).toBe('2027-02-01');
    for (const until of ['x', '2027-02-30', '']) expect(await payable(until)).toBeUndefined();
  });

  it('is not known while a claim on it is not shown, or is in another currency', async () => {
    const hidden = query({ born: [receivable()] }).of(ORDER!, true);
    await expect(hidden).rejects.toMatchObject({ code: 'COVER_NOT_SHOWN', facts: { receivable: CLAIM } });
    const shown = { [CONFIRMATION!]: { ...CONFIRMED, '/currency': 'SEK' } };
    const foreign = query({ born: [receivable()], shown }).of(ORDER!, true);
    await expect(foreign).rejects.toMatchObject({ code: 'CURRENCY_MISMATCH' });
  });

  it('is not said to be hidden while what was shown may not be opened', async () => {
    const stalled = defineProblem({ code: 'STALLED', status: 503, title: 'Too old' })('later', {});
    const source = { ...NOTHING, closed: () => stalled };
    const disclosed = new DisclosedDocuments();
    disclosed.addSource(source);
    await expect(query({ born: [receivable()], disclosed }).of(ORDER!, true)).rejects.toBe(stalled);
    expect((await query({ disclosed }).of(ORDER!, true)).cover.amount).toBe('100.00');
  });
});

describe('what may be advanced on a receivable', () => {
  it('is bound to the cover version from before it was computed, and payable when the obligor confirmed', async () => {
    const able = await query({ born: [receivable()], shown: { [CONFIRMATION!]: CONFIRMED } }).of(CLAIM!, false);
    expect(able).toMatchObject({ coverVersion: 3, payableOn: '2027-03-01', cover: { amount: '60.00' } });
  });

  it('is not known when the obligor confirmed that it pays on what is no day', async () => {
    const shown = { [CONFIRMATION!]: { ...CONFIRMED, '/dueDate': 'x' } };
    const able = query({ born: [receivable()], shown }).of(CLAIM!, false);
    await expect(able).rejects.toMatchObject({ code: 'CONFIRMATION_NOT_SHOWN' });
  });
});
