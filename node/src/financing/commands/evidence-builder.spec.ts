import { flatten, newSeed, type Plain, type StoredDocument } from '../../documents/index.js';
import { lineHas } from '../../documents/model/line-has.js';
import type { Hex } from '../../kernel/hex.js';
import { EvidenceBuilder, type Shown } from './evidence-builder.js';

const [CLAIM, ORDER]: [Hex, Hex] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`];
const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const [CONFIRMED, RECEIVED, ORDERED, INVOICED, LATE] = [1, 2, 3, 4, 5].map(root) as [Hex, Hex, Hex, Hex, Hex];

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
const line = (more: { orderLine?: string }) => {
  const said = { item: 'RING', ...more };
  return { lines: [{ id: '1', has: lineHas(said), ...said }] };
};

/** The documents that a lender is shown of a claim, and which of them say what is traded; another receipt refers to no line of the order. */
async function shownOf(shown?: Shown, late = false) {
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
    { ofReceivable: () => Promise.resolve(places), proposedOn: () => Promise.resolve([]) } as never,
    { get: () => Promise.resolve({ id: CLAIM, commitment: INVOICED, orders: [ORDER], parent: null }) } as never,
    { findMany: () => Promise.resolve([{ id: ORDER, commitment: ORDERED }]) } as never,
    {} as never,
  );
  const showing = await builder.documents(CLAIM, false, shown);
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

it('is what was not shown, and again what has to show more than it did', async () => {
  const before = [CONFIRMED, RECEIVED, ORDERED, INVOICED];
  const shown = (items: boolean) => new Map(before.map((root) => [root, items]));
  expect((await shownOf(shown(false))).roots).toEqual([]);
  const lines = [ORDERED, INVOICED, RECEIVED, LATE];
  expect(await shownOf(shown(false), true)).toEqual({ roots: lines, items: true, telling: lines });
  expect(await shownOf(shown(true), true)).toEqual({ roots: [LATE], items: true, telling: [LATE] });
});
