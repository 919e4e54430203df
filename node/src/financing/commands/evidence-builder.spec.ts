import { flatten, newSeed, type Plain, type StoredDocument } from '../../documents/index.js';
import { lineHas } from '../../documents/model/line-has.js';
import type { Hex } from '../../kernel/hex.js';
import { requireGranted } from './evidence-check.js';
import { EvidenceBuilder, MOST_SHOWN, type Shown } from './evidence-builder.js';

const [CLAIM, ORDER]: [Hex, Hex] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`];
const OTHER: Hex = `0x${'0c'.repeat(32)}`;
const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const [CONFIRMED, RECEIVED, ORDERED, INVOICED, LATE, OTHER_ORDERED] = [1, 2, 3, 4, 5, 6].map(root) as [
  Hex,
  Hex,
  Hex,
  Hex,
  Hex,
  Hex,
];

const stored = (root: Hex, object: Hex, kind: string, content: object) => {
  const head = { kind, schema: 'tradeproof/1', version: 1 };
  const document = {
    root,
    object,
    seed: newSeed(),
    document: { kind },
    fields: flatten({ ...head, ...content } as Plain),
  };
  return [root, document as unknown as StoredDocument] as const;
};
const line = (more: { orderLine?: string; orderNumber?: string }) => {
  const said = { item: 'RING', ...more };
  return { lines: [{ id: '1', has: lineHas(said), ...said }] };
};

/** The documents that a lender is shown of a claim, and which of them say what is traded; another receipt refers to no line of the order. */
async function shownOf(shown?: Shown, late = false, astray: readonly { root: Hex; object: Hex }[] = []) {
  const documents = new Map([
    stored(CONFIRMED, CLAIM, 'CONFIRMATION', { amount: '9.00' }),
    stored(RECEIVED, ORDER, 'RECEIPT', line({ orderLine: '1' })),
    stored(ORDERED, ORDER, 'ORDER', line({})),
    stored(INVOICED, CLAIM, 'INVOICE', line({ orderLine: '1' })),
    ...(late ? [stored(LATE, ORDER, 'RECEIPT', line({}))] : []),
  ]);
  const places = [...documents].map(([root, { object }]) => ({ root, object }));
  const builder = new EvidenceBuilder(
    { atAll: () => Promise.resolve(documents) } as never,
    { ofReceivable: () => Promise.resolve([...places, ...astray]), proposedOn: () => Promise.resolve([]) } as never,
    {
      get: (id: Hex) =>
        id === CLAIM
          ? Promise.resolve({ id, commitment: INVOICED, orders: [ORDER], parent: null })
          : Promise.reject(new Error(`no receivable is ${id}`)),
    } as never,
    { findMany: () => Promise.resolve([{ id: ORDER, commitment: ORDERED }]) } as never,
    {} as never,
    { at: () => Promise.resolve([]) } as never,
  );
  const showing = await builder.documents(CLAIM, false, MOST_SHOWN, shown);
  return {
    roots: showing.documents.map(({ root }) => root),
    items: showing.items,
    telling: showing.documents
      .filter(({ disclosure }) => JSON.stringify(disclosure).includes('RING'))
      .map(({ root }) => root),
  };
}

it('begins with what a claim is judged by', async () => {
  expect(await shownOf()).toEqual({ roots: [ORDERED, INVOICED, CONFIRMED, RECEIVED], items: false, telling: [] });
});

it('passes over what stands on an order’s log and is another object’s document', async () => {
  const astray = [{ root: INVOICED, object: ORDER }];
  expect(await shownOf(undefined, false, astray)).toEqual(await shownOf());
});

it('is what was not shown, and again what has to show more than it did', async () => {
  const before = [CONFIRMED, RECEIVED, ORDERED, INVOICED];
  const shown = (items: boolean) => new Map(before.map((root) => [root, items]));
  expect((await shownOf(shown(false))).roots).toEqual([]);
  const lines = [ORDERED, INVOICED, RECEIVED, LATE];
  expect(await shownOf(shown(false), true)).toEqual({ roots: lines, items: true, telling: lines });
  expect(await shownOf(shown(true), true)).toEqual({ roots: [LATE], items: true, telling: [LATE] });
});

/** Whether what is traded is shown of two orders with a line 1 each, and an invoice's line with this reference. */
async function itemsShown(ofInvoice: readonly Hex[], refers: { orderLine?: string; orderNumber?: string }) {
  const said = { item: 'RING', ...refers };
  const lineOf = (id: string) => ({ lines: [{ id, has: lineHas(said), ...said }] });
  const documents = new Map([
    stored(ORDERED, ORDER, 'ORDER', { number: 'PO-1', ...line({}) }),
    stored(OTHER_ORDERED, OTHER, 'ORDER', { number: 'PO-2', ...line({}) }),
    stored(INVOICED, CLAIM, 'INVOICE', lineOf('2')),
    stored(RECEIVED, OTHER, 'RECEIPT', line({ orderLine: '1', orderNumber: 'PO-1' })),
  ]);
  const places = [...documents].map(([root, { object }]) => ({ root, object }));
  const builder = new EvidenceBuilder(
    { atAll: () => Promise.resolve(documents) } as never,
    { ofOrder: () => Promise.resolve(places), proposedOn: () => Promise.resolve([]) } as never,
    { get: () => Promise.resolve({ orders: ofInvoice }) } as never,
    { findMany: () => Promise.resolve([{ id: ORDER, commitment: ORDERED }]) } as never,
    {} as never,
    { at: () => Promise.resolve([]) } as never,
  );
  return (await builder.documents(ORDER, true, MOST_SHOWN)).items;
}

it.each([
  ['an invoice of one of two orders refers to its line', [OTHER], { orderLine: '1' }, false],
  ['it is of both and does not say whose line', [ORDER, OTHER], { orderLine: '1' }, true],
  ['it is of both and says whose', [ORDER, OTHER], { orderLine: '1', orderNumber: 'po-2' }, false],
  ['it refers to a line that its order has not', [OTHER], { orderLine: '7' }, true],
  ['it refers to no line', [OTHER], {}, true],
])('tells what is traded only where lines meet by it: %s', async (_, orders, refers, shown) => {
  expect(await itemsShown(orders, refers)).toBe(shown);
});

it('shows of the tags of a part’s orders the buyer’s word alone, without what would let its lender try numbers', async () => {
  const tag = root(7);
  const word = { order: ORDER, account: '0x01', signature: '0x02' };
  const signaturesOf = (parent: Hex | null) =>
    new EvidenceBuilder(
      ...([{}, {}] as [never, never]),
      { get: () => Promise.resolve({ id: CLAIM, orders: [ORDER], parent }) } as never,
      {} as never,
      {
        orderTags: () => Promise.resolve([{ ...word, tags: [{ tag, signature: '0x03' }] }]),
        fingerprints: () => Promise.resolve([]),
      } as never,
      {} as never,
    ).signatures(CLAIM, false);
  const shown = (tags: object[]) => ({ fingerprints: [], orderTags: [{ ...word, tags }] });
  expect(await signaturesOf(OTHER)).toEqual(shown([{ tag }]));
  expect(await signaturesOf(null)).toEqual(shown([{ tag, signature: '0x03' }]));
});

it('is no more of a document than the grant allows, be it one of before', async () => {
  const invoice = { has: 'prepaid', prepaid: '1.00', amount: '9.00', ...line({ orderLine: '1' }) };
  const document = stored(INVOICED, CLAIM, 'INVOICE', invoice);
  const builder = new EvidenceBuilder(
    { atAll: () => Promise.resolve(new Map([document])) } as never,
    {
      ofReceivable: () => Promise.resolve([{ root: INVOICED, object: CLAIM }]),
      proposedOn: () => Promise.resolve([]),
    } as never,
    { get: () => Promise.resolve({ id: CLAIM, commitment: INVOICED, orders: [ORDER], parent: null }) } as never,
    { findMany: () => Promise.resolve([]) } as never,
    {} as never,
    { at: () => Promise.resolve([]) } as never,
  );
  const pathsBy = async (granted: readonly string[]) => {
    const { documents } = await builder.documents(CLAIM, false, granted);
    expect(() => requireGranted(documents as never, granted)).not.toThrow();
    return documents.flatMap(({ disclosure }) => disclosure.fields.map(({ path }) => path));
  };
  const now = await pathsBy(MOST_SHOWN);
  const later = ['/has', '/prepaid'];
  expect(now).toEqual(expect.arrayContaining([...later, '/amount', '/lines/0/has']));
  const before = await pathsBy(MOST_SHOWN.filter((pattern) => !later.includes(pattern)));
  expect(before).toEqual(now.filter((path) => !later.includes(path)));
});
