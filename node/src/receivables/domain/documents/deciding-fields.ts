import type { Hex } from '../../../kernel/hex.js';
import { numberOf } from '../../../fulfilment/domain/received-by-line.js';
import { LinesToMeet, type OrderLine } from '../cover/line-meeting.js';
import { type DocumentFields, linesOf } from './fields.js';

// What a lender, or who judges a proof bundle, is shown beside the fields of a credit decision, as JSON Pointers.

/** Of a confirmation: what the obligor waives. */
export const SCOPE = ['/waivesSetOff', '/waivesDefences', '/withoutReceipt'];
/** Of a part of a split: what of it is covered, and what it is a part of. */
export const PART = ['/covered', '/parent', '/parentConfirmation'];
/** Of what is over several orders: which line is about which of them. */
export const COLLECTIVE = ['/orderNumbers', '/lines/*/orderNumber'];
/** What is traded: shown only where {@link hingesOnItems}. */
export const ITEMS = ['/lines/*/item', '/lines/*/buyerItem', '/lines/*/standardItem'];
const ITEM = /^\/lines\/\d+\/(item|buyerItem|standardItem)$/;

export const isItem = (path: string): boolean => ITEM.test(path);

/** A document, with the orders whose lines its own may meet: a collective invoice's are all those of its claim. */
export interface DocumentOfOrders {
  readonly kind: string;
  readonly fields: readonly { readonly path: string; readonly value: string }[];
  readonly orders: readonly Hex[];
}

/** Kinds whose lines refer to those of orders. */
const REFERRING = ['INVOICE', 'RECEIPT', 'DESPATCH'];

/** Whether a line of an invoice, a receipt or a despatch could meet another of its orders' lines if what is traded were shown. */
export function hingesOnItems(documents: readonly DocumentOfOrders[]): boolean {
  const told = documents.map(({ kind, fields, orders }) => {
    const shown = fields.filter(({ path }) => !isItem(path)).map(({ path, value }) => [path, value] as const);
    return { kind, orders, fields: new Map(shown) };
  });
  const ordered = new Map(
    told.filter(({ kind }) => kind === 'ORDER').map(({ orders: [order], fields }) => [order!, fields]),
  );
  const met = new Map<string, LinesToMeet>();
  const linesToMeet = (orders: readonly Hex[]): LinesToMeet => {
    const key = orders.join();
    const lines = met.get(key) ?? new LinesToMeet(orders.flatMap((order) => orderLines(order, ordered.get(order))));
    met.set(key, lines);
    return lines;
  };
  return told.some(({ kind, orders, fields }) => {
    if (!REFERRING.includes(kind)) return false;
    const lines = linesToMeet(orders);
    return (linesOf(fields) ?? []).some(({ id, item: items, orderLine, orderNumber }) =>
      lines.hingesOnHidden({ id, items, orderLine, orderNumber: orderNumber && numberOf(orderNumber) }),
    );
  });
}

function orderLines(order: Hex, fields: DocumentFields = new Map()): OrderLine[] {
  const orderNumber = numberOf(fields.get('/number') ?? '');
  return (linesOf(fields) ?? []).map(({ id, item: items }) => ({ order, orderNumber, id, items }));
}
