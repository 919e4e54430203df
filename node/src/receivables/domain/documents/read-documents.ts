import type { OrderModel } from '../../../documents/model/index.js';
import { ordersNamed, type OrdersNamed } from '../../../fulfilment/domain/received-by-line.js';
import type { ConfirmationScope } from '../confirmation-scope.js';
import type { InvoiceFacts } from '../invoice-facts.js';
import { type DocumentFields, type FieldLine, linesOf } from './fields.js';
import { isDate, isFigure, isMoney } from './figures.js';

const ORDER_NUMBER = /^\/orderNumbers\/\d+$/;

/** What a receipt, an inspection or a return reports. */
export interface FieldReport {
  readonly lines: readonly FieldLine[];
  readonly orders: OrdersNamed;
}

/** What cover needs of an order's version in force. */
export interface OrderFacts extends Pick<OrderModel, 'number' | 'currency' | 'amount'> {
  readonly lines: readonly FieldLine[];
}

/** Undefined unless all lines are there, and its amount, if it is there, can be read. */
export function readOrder(fields: DocumentFields): OrderFacts | undefined {
  const lines = linesOf(fields);
  const [amount, currency] = [fields.get('/amount'), fields.get('/currency')];
  if (!lines || !isFigure(amount)) return undefined;
  return { number: fields.get('/number') ?? '', currency, amount, lines };
}

/**
 * Undefined unless amount, currency, dates and all lines with their amounts are there and can be read. An order's number
 * that a line names decides which lines it can meet, so it has to be there too.
 */
export function readInvoice(fields: DocumentFields): InvoiceFacts | undefined {
  const [issueDate, dueDate, currency, amount] = ['/issueDate', '/dueDate', '/currency', '/amount'].map((path) =>
    fields.get(path),
  );
  const lines = linesOf(fields)?.map((line) => ({ ...line, amount: line.amount ?? '' }));
  const priced = lines?.every((line) => line.amount !== '' && !line.orderNumberHidden);
  if (!issueDate || !dueDate || !currency || !amount || !lines || !priced) return undefined;
  const invoiceAmount = fields.get('/invoiceAmount') ?? amount;
  if (!isMoney(amount, currency) || !isMoney(invoiceAmount, currency)) return undefined;
  if (!isDate(issueDate) || !isDate(dueDate)) return undefined;
  return { issueDate, dueDate, currency, amount, invoiceAmount, lines };
}

/**
 * What a receipt, an inspection or a return reports; undefined unless it reports lines, and all of them are there. One of less
 * than nothing would undo what others reported, and no import takes it: a document with such a line reports nothing.
 */
export function readReceipt(fields: DocumentFields): FieldReport | undefined {
  const lines = linesOf(fields);
  const isBelow = (figure: string | undefined): boolean => figure?.startsWith('-') ?? false;
  if (lines?.some(({ quantity, rejected }) => isBelow(quantity) || isBelow(rejected))) return undefined;
  return lines && { lines, orders: ordersIn(fields) };
}

/** As far as it is shown: of numbers that are not, how many there are. Every document has that, so one that lacks it keeps it from this reader. */
function ordersIn(fields: DocumentFields): OrdersNamed {
  const shown = [...fields].filter(([path]) => ORDER_NUMBER.test(path)).map(([, number]) => number);
  const length = fields.get('/orderNumbers/-');
  if (length === undefined) return ordersNamed(shown) === 'SEVERAL' ? 'SEVERAL' : 'UNKNOWN';
  const count = Number(length);
  if (shown.length >= count) return ordersNamed(shown);
  return count > 1 ? 'SEVERAL' : 'ONE';
}

/**
 * Whether a receipt's, inspection's or return's lines are kept from this reader, or cannot be read. A document with lines always
 * commits to how many; one of another kind reports none.
 */
export function hidesLines(fields: DocumentFields | undefined): boolean {
  const kind = fields?.get('/kind');
  if (!fields || kind === undefined) return true;
  return ['RECEIPT', 'DESPATCH'].includes(kind) && readReceipt(fields) === undefined;
}

/** What an obligor confirmed. */
export interface ConfirmationTerms extends ConfirmationScope {
  readonly amount: string;
  readonly currency: string;
  /** ISO date on which it is payable. */
  readonly dueDate: string;
}

/** Undefined unless amount, currency and due date are there and can be read. The scope is also on chain, which decides. */
export function readConfirmation(fields: DocumentFields): ConfirmationTerms | undefined {
  const [amount, currency, dueDate] = ['/amount', '/currency', '/dueDate'].map((path) => fields.get(path));
  if (!amount || !currency || !dueDate) return undefined;
  if (!isMoney(amount, currency) || !isDate(dueDate)) return undefined;
  const says = (path: string): boolean => fields.get(path) === 'true';
  return {
    ...{ amount, currency, dueDate },
    waivesSetOff: says('/waivesSetOff'),
    waivesDefences: says('/waivesDefences'),
    withoutReceipt: says('/withoutReceipt'),
  };
}
