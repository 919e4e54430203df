import { flatten } from '../../../documents/canonical/flatten.js';
import { lineHas } from '../../../documents/model/line-has.js';
import type { LogEntry } from '../../../fulfilment/domain/log-entry.js';
import { kindNumber } from '../../../fulfilment/domain/milestone-kinds.js';
import type { Hex } from '../../../kernel/hex.js';
import { entryKindNumber } from '../../../receivables/domain/receivable-log.js';
import type { ReceivableState } from '../chain-state.js';
import { type CoverReceivable, coverOf } from './lineage-cover-of.js';

const hash = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [ORDER, ORDERED, RECEIPT, RETURN] = ['a1', 'a2', 'a3', 'a4'].map(hash) as [Hex, Hex, Hex, Hex];
const [WHOLE, INVOICE, CONFIRMATION, CREDIT, PART, TERMS] = ['b1', 'b2', 'b3', 'b4', 'c1', 'c2'].map(hash) as [
  ...[Hex, Hex, Hex, Hex, Hex, Hex],
];
const [ZERO, MADE_UP] = [hash('00'), hash('d1')];

type Line = Readonly<Record<string, string>>;
type Members = Readonly<Record<string, unknown>> & { readonly lines?: readonly Line[] };

/** As documents commit to it: each line says what it has, a receipt how many orders it names. */
function fieldsOf({ lines, ...members }: Members): ReadonlyMap<string, string> {
  const telling = lines?.map((line) => ({ ...line, has: lineHas(line) }));
  const named = members['kind'] === 'RECEIPT' && { orderNumbers: [] };
  const fields = flatten({ ...named, ...members, lines: telling } as Parameters<typeof flatten>[0]);
  return new Map(fields.map(({ path, value }) => [path, value]));
}

const money = { currency: 'GBP', amount: '107.50' };
const documents = new Map<Hex, Members>([
  [ORDERED, { kind: 'ORDER', number: 'PO-1', ...money, lines: [{ id: '1', quantity: '100' }] }],
  [RECEIPT, { kind: 'RECEIPT', lines: [{ id: '1', orderLine: '1', quantity: '100' }] }],
  [
    INVOICE,
    {
      ...{ kind: 'INVOICE', issueDate: '2026-11-01', dueDate: '2026-12-01', ...money },
      lines: [{ id: '1', orderLine: '1', quantity: '100', amount: '100.00' }],
    },
  ],
  [CONFIRMATION, { ...money, dueDate: '2026-12-01' }],
  [TERMS, { ...money, dueDate: '2026-12-01', covered: '107.50', parent: WHOLE, parentConfirmation: CONFIRMATION }],
]);

/** What a reader of the file finds when these documents are shown beside those above. */
function found(id: Hex, others: readonly (readonly [Hex, Members])[] = []): string | undefined {
  const opened = new Map([...documents, ...others].map(([root, members]) => [root, fieldsOf(members)]));
  const entry = (kind: 'RECEIVED' | 'RETURNED', commitment: Hex, index: number): LogEntry => ({
    ...{ order: ORDER, index, kind: kindNumber(kind), author: 1, commitment, supersedes: ZERO, recordedAt: 5 },
  });
  const returned = others.some(([root]) => root === RETURN);
  const log = [entry('RECEIVED', RECEIPT, 0), ...(returned ? [entry('RETURNED', RETURN, 1)] : [])];
  const said = others.some(([root]) => root === CREDIT) ? (['CREDIT_NOTE'] as const) : [];
  const receivable: CoverReceivable = {
    ...{ id, orders: [ORDER], parent: id === PART ? WHOLE : null },
    state: { status: 'CONFIRMED', scope: 0, commitment: id === PART ? TERMS : INVOICE } as ReceivableState,
    log: [...([id === PART ? 'SPLIT' : 'CONFIRMATION'] as const), ...said].map((kind) => {
      const commitment = kind === 'CREDIT_NOTE' ? CREDIT : CONFIRMATION;
      return { kind: entryKindNumber(kind), commitment, about: 0, recordedAt: 6 };
    }),
  };
  return coverOf([receivable], [{ id: ORDER, commitment: ORDERED, log }], opened)?.amount;
}

describe('cover from a file', () => {
  it('is what is payable, of the whole and of a part', () => {
    expect(found(WHOLE)).toBe('107.50');
    expect(found(PART)).toBe('107.50');
  });

  it.each([
    ['7.50', 'GBP', '100.00'],
    ['0.001', 'GBP', '0.00'],
    ['7.50', 'USD', '0.00'],
    ['750', 'JPY', '0.00'],
  ])('falls by a credit note of %s %s to %s', (amount, currency, left) => {
    for (const id of [WHOLE, PART]) expect(found(id, [[CREDIT, { amount, currency }]])).toBe(left);
  });

  it('falls to nothing by a credit note whose currency is hidden: it may be another', () => {
    for (const id of [WHOLE, PART]) expect(found(id, [[CREDIT, { amount: '7.50' }]])).toBe('0.00');
  });

  it('falls by what was returned; by less than nothing it is not decided', () => {
    const returning = (quantity: string) => ({ kind: 'RECEIPT', lines: [{ id: '1', orderLine: '1', quantity }] });
    expect(found(WHOLE, [[RETURN, returning('20')]])).toBe('86.00');
    expect(found(WHOLE, [[RETURN, returning('-20')]])).toBeUndefined();
  });

  it('is not decided by a receipt that hides over how many orders it is', () => {
    const hidden = { ...documents.get(RECEIPT)!, orderNumbers: undefined };
    expect(found(WHOLE, [[RECEIPT, hidden]])).toBeUndefined();
  });

  it('counts nothing that came or is invoiced in another unit than was ordered', () => {
    const receipt = (unit: string) => ({ kind: 'RECEIPT', lines: [{ id: '1', orderLine: '1', quantity: '90', unit }] });
    const ordered = (unit: string) => ({ ...documents.get(ORDERED)!, lines: [{ id: '1', quantity: '100', unit }] });
    const [billed] = documents.get(INVOICE)!.lines!;
    const invoice = (unit: string) => ({ ...documents.get(INVOICE)!, lines: [{ ...billed!, unit }] });
    const inCases = [ORDERED, ordered('CS')] as const;
    expect(found(WHOLE, [inCases, [INVOICE, invoice('CS')], [RECEIPT, receipt('CS')]])).toBe('96.75');
    expect(found(WHOLE, [inCases, [INVOICE, invoice('CS')], [RECEIPT, receipt('EA')]])).toBe('0.00');
    expect(found(WHOLE, [inCases, [INVOICE, invoice('EA')], [RECEIPT, receipt('CS')]])).toBe('0.00');
    expect(found(WHOLE, [inCases, [RETURN, receipt('EA')]])).toBeUndefined();
  });

  it('is not computed from lines beyond any trade, however often one document is named; honest ones are', () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => ({ id: String(i + 1), orderLine: '1', quantity: '1' }));
    const opened = new Map(
      [...documents, [RECEIPT, { kind: 'RECEIPT', lines }] as const].map(([root, members]) => [
        root,
        fieldsOf(members),
      ]),
    );
    opened.set(MADE_UP, new Map([['/lines/-', '-1000000000']]));
    const entry = (index: number, kind: number, commitment: Hex): LogEntry => {
      return { ...{ order: ORDER, index, kind, author: 1, commitment }, ...{ supersedes: ZERO, recordedAt: 5 } };
    };
    const coverAfter = (receipts: number) => {
      const log = Array.from({ length: receipts }, (_, index) => entry(index, kindNumber('RECEIVED'), RECEIPT));
      log.push(entry(receipts, kindNumber('PRODUCTION_STARTED'), MADE_UP));
      const state = { status: 'CONFIRMED', scope: 0, commitment: INVOICE } as ReceivableState;
      const confirmation = { kind: entryKindNumber('CONFIRMATION'), commitment: CONFIRMATION, about: 0, recordedAt: 6 };
      const receivable = { id: WHOLE, orders: [ORDER], parent: null, state, log: [confirmation] };
      return coverOf([receivable], [{ id: ORDER, commitment: ORDERED, log }], opened)?.amount;
    };
    const began = performance.now();
    expect(coverAfter(20)).toBe('107.50');
    expect(coverAfter(10_000)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('counts of a receipt over several orders the lines that name this one', () => {
    const receipt = (...numbers: string[]) => ({
      kind: 'RECEIPT',
      lines: numbers.map((orderNumber, i) => ({ id: String(i + 1), orderLine: '1', quantity: '50', orderNumber })),
    });
    expect(found(WHOLE, [[RECEIPT, receipt('PO-1', 'PO-2')]])).toBe('53.75');
    expect(found(WHOLE, [[RECEIPT, receipt('PO-1', 'po 1')]])).toBe('107.50');
  });
});
