import { readFileSync } from 'node:fs';
import { flatten } from '../../../documents/canonical/flatten.js';
import { lineHas } from '../../../documents/model/line-has.js';
import {
  commit,
  commitmentFields,
  importDocument,
  newSeed,
  Profiles,
  PROFILES,
  verifyDisclosure,
} from '../../../documents/index.js';
import { LinesToMeet } from '../cover/line-meeting.js';
import { linesOf } from './fields.js';
import { readConfirmation, readInvoice, readOrder, readReceipt } from './read-documents.js';

type Members = Record<string, unknown> & { readonly lines?: readonly Partial<Record<string, string>>[] };

/** As documents commit to it: each line says what it has. */
const fieldsOf = ({ lines, ...members }: Members) => {
  const telling = lines?.map((line) => ({ ...line, has: lineHas(line) }));
  const fields = flatten({ ...members, lines: telling } as Parameters<typeof flatten>[0]);
  return new Map(fields.map(({ path, value }) => [path, value]));
};

const invoice = {
  number: 'INV-1',
  issueDate: '2026-11-01',
  dueDate: '2026-12-01',
  currency: 'GBP',
  amount: '107.50',
  lines: [{ id: '1', item: 'W', quantity: '100', amount: '100.00', orderLine: '10' }],
};

describe('documents from their fields', () => {
  it('reads an invoice, whole or in instalments', () => {
    expect(readInvoice(fieldsOf(invoice))).toMatchObject({
      amount: '107.50',
      invoiceAmount: '107.50',
      lines: [{ id: '1', item: { seller: 'W' }, quantity: '100', amount: '100.00', orderLine: '10' }],
    });
    expect(readInvoice(fieldsOf({ ...invoice, invoiceAmount: '215.00' }))?.invoiceAmount).toBe('215.00');
  });

  it.each(['amount', 'currency', 'issueDate', 'dueDate', 'lines'])('reads no invoice whose %s is hidden', (name) => {
    const fields = fieldsOf(invoice);
    for (const path of [...fields.keys()]) if (path === `/${name}` || path.startsWith(`/${name}/`)) fields.delete(path);
    expect(readInvoice(fields)).toBeUndefined();
  });

  it.each(['quantity', 'unit', 'rejected', 'orderLine', 'amount', 'id', 'has'])(
    'reads no lines whose %s is withheld',
    (name) => {
      const line = { id: '1', quantity: '100', unit: 'C62', rejected: '5', orderLine: '1', amount: '75.00' };
      const fields = fieldsOf({ lines: [line] });
      expect(linesOf(fields)).toMatchObject([line]);
      fields.delete(`/lines/0/${name}`);
      expect(linesOf(fields)).toBeUndefined();
    },
  );

  it('takes as absent what a line says that it lacks', () => {
    const fields = fieldsOf({ lines: [{ id: '1' }] });
    expect(linesOf(fields)).toMatchObject([
      { id: '1', quantity: undefined, orderLine: undefined, rejected: undefined },
    ]);
    fields.set('/lines/0/has', 'quantity item');
    expect(linesOf(fields)).toBeUndefined();
  });

  it('reads no invoice whose lines withhold the number of their order; of a receipt they say so', () => {
    const fields = fieldsOf({ ...invoice, lines: [{ ...invoice.lines[0]!, orderNumber: 'PO-1' }] });
    fields.delete('/lines/0/orderNumber');
    expect(readInvoice(fields)).toBeUndefined();
    expect(readReceipt(fields)?.lines).toMatchObject([{ orderNumberHidden: true }]);
  });

  it('tells of a receipt how many orders it names, also where their numbers are withheld', () => {
    const naming = (...orderNumbers: string[]) => fieldsOf({ orderNumbers, lines: [{ id: '1' }] });
    const told = (fields: Map<string, string>) => readReceipt(fields)?.orders;
    expect([naming(), naming('PO-1'), naming('PO-1', 'po 1'), naming('PO-1', 'PO-2')].map(told)).toEqual([
      ...['NONE', 'ONE', 'ONE', 'SEVERAL'],
    ]);
    const hiding = (...orderNumbers: string[]) => {
      const fields = naming(...orderNumbers);
      fields.delete('/orderNumbers/0');
      return told(fields);
    };
    expect([hiding('PO-1'), hiding('PO-1', 'PO-2')]).toEqual(['ONE', 'SEVERAL']);
  });

  it('does not take a receipt that does not show how many orders it names for one that names none', () => {
    const shown = (path: RegExp, ...orderNumbers: string[]) => {
      const fields = [...fieldsOf({ orderNumbers, lines: [{ id: '1' }] })];
      return readReceipt(new Map(fields.filter(([each]) => !path.test(each))))?.orders;
    };
    const [all, length] = [/^\/orderNumbers\//, /^\/orderNumbers\/-$/];
    expect([shown(all), shown(all, 'PO-1'), shown(all, 'PO-1', 'PO-2')]).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
    expect([shown(length, 'PO-1'), shown(length, 'PO-1', 'PO-2')]).toEqual(['UNKNOWN', 'SEVERAL']);
  });

  it('tells of a receipt over several orders through the profile of a credit decision that it is over several', () => {
    const lines = [{ id: '1', orderLine: '1', quantity: '50', has: 'orderLine quantity' }];
    const receipt = commit(flatten({ kind: 'RECEIPT', orderNumbers: ['PO-1', 'PO-2'], lines }), newSeed());
    const ordersBy = (version?: number) => {
      const disclosure = receipt.disclose(new Profiles().require('CREDIT_DECISION', version));
      const { fields } = verifyDisclosure(disclosure, receipt.root) as { fields: ReadonlyMap<string, string> };
      expect([...fields.keys()]).not.toContain('/orderNumbers/0');
      return readReceipt(fields)?.orders;
    };
    expect([ordersBy(), ordersBy(1)]).toEqual(['SEVERAL', 'UNKNOWN']);
  });

  it.each(['item', 'buyerItem', 'standardItem'])('marks items of which the %s is withheld', (name) => {
    const fields = fieldsOf({ lines: [{ id: '1', item: 'S', buyerItem: 'B', standardItem: '123' }] });
    expect(linesOf(fields)?.[0]?.item.hidden).toBeUndefined();
    fields.delete(`/lines/0/${name}`);
    expect(linesOf(fields)?.[0]?.item.hidden).toBe(true);
  });

  it.each([
    ['order', readOrder],
    ['invoice', readInvoice],
    ['receipt-advice-short', readReceipt],
  ])('reads the sample %s through the profile of a credit decision', (name, read) => {
    const bytes = readFileSync(new URL(`../../../../../samples/ubl/${name}.xml`, import.meta.url));
    const document = importDocument(bytes, 'application/xml');
    const tag = `0x${'aa'.repeat(32)}` as const;
    const binding = { version: 1, ...(document.kind === 'ORDER' ? { tag } : { orders: [tag] }) };
    const commitment = commit(commitmentFields(document, binding), newSeed());
    const verdict = verifyDisclosure(commitment.disclose(PROFILES.CREDIT_DECISION), commitment.root);
    expect(verdict.valid && read(verdict.fields)?.lines).toMatchObject([{ id: '1' }, { id: '2' }]);
  });

  it('reads no lines unless all of them are there', () => {
    const fields = fieldsOf({ lines: [{ id: '1' }, { id: '2' }] });
    expect(linesOf(fields)).toHaveLength(2);
    ['id', 'has'].forEach((name) => fields.delete(`/lines/1/${name}`));
    expect(linesOf(fields)).toBeUndefined();
    fields.set('/lines/1/id', '2').set('/lines/1/has', '');
    fields.delete('/lines/-');
    expect(readOrder(fields)).toBeUndefined();
    expect(readReceipt(fields)).toBeUndefined();
  });

  it('tells whose item number it is', () => {
    const lines = [
      { id: '1', item: 'S', buyerItem: 'B', standardItem: '123' },
      { id: '2', item: 'B', buyerItem: 'B' },
      { id: '3', item: '123', standardItem: '123' },
      { id: '4', item: 'B', buyerItem: 'B', standardItem: '123' },
      { id: '5' },
    ];
    expect(linesOf(fieldsOf({ lines }))?.map(({ item }) => item)).toEqual([
      { seller: 'S', buyer: 'B', standard: '123' },
      { seller: undefined, buyer: 'B', standard: undefined },
      { perhapsSeller: '123', buyer: undefined, standard: '123' },
      { seller: undefined, buyer: 'B', standard: '123' },
      { seller: undefined, buyer: undefined, standard: undefined },
    ]);
  });

  it('lets no buyer’s number meet a seller’s that is the same', () => {
    const ordered = linesOf(
      fieldsOf({
        lines: [
          { id: '1', item: '1001', buyerItem: '1001' },
          { id: '2', item: '1002', buyerItem: '1002' },
        ],
      }),
    )!;
    const [billed] = linesOf(fieldsOf({ lines: [{ id: '1', item: '1002' }] }))!;
    const lines = ordered.map(({ id, item: items }) => ({ order: '0x01' as const, orderNumber: 'PO-1', id, items }));
    const met = new LinesToMeet(lines).meet({ id: billed!.id, items: billed!.item });
    expect(met).toEqual({ line: lines[0], by: 'LINE_NUMBER' });
  });

  it('reads a confirmation', () => {
    const terms = {
      ...{ amount: '96.75', currency: 'GBP', dueDate: '2026-12-01' },
      ...{ waivesSetOff: true, waivesDefences: false, withoutReceipt: false },
    };
    expect(readConfirmation(fieldsOf(terms))).toEqual(terms);
    expect(readConfirmation(fieldsOf({ ...terms, amount: undefined }))).toBeUndefined();
  });
});
