import type { InvoiceModel, OrderModel } from '../../documents/model/index.js';
import { defineProblem } from '../../kernel/problem.js';
import { normaliseNumber } from '../../members/domain/tags.js';

const invoiceOrderMismatch = defineProblem({
  code: 'INVOICE_ORDER_MISMATCH',
  status: 422,
  title: 'The invoice does not belong to the orders that it is issued on',
});

/**
 * Refuses with INVOICE_ORDER_MISMATCH, naming the field, unless the invoice is in its orders' currency and names the
 * number of each of them and of no other. Numbers are compared as fingerprints compare them.
 */
export function requireInvoiceOfOrders(
  invoice: Pick<InvoiceModel, 'currency' | 'orderNumbers'>,
  orders: readonly Pick<OrderModel, 'currency' | 'number'>[],
): void {
  for (const { currency } of orders) {
    if (currency === undefined || currency === invoice.currency) continue;
    throw invoiceOrderMismatch(`the invoice is in ${invoice.currency}, the order in ${currency}`, {
      field: '/currency',
      invoice: invoice.currency,
      order: currency,
    });
  }
  const [named, ordered] = [invoice.orderNumbers, orders.map(({ number }) => number)];
  const [known, wanted] = [named, ordered].map((numbers) => new Set(numbers.map(normaliseNumber)));
  const unnamed = ordered.find((number) => !known!.has(normaliseNumber(number)));
  const strange = named.find((number) => !wanted!.has(normaliseNumber(number)));
  if (unnamed === undefined && strange === undefined) return;
  const detail =
    unnamed === undefined
      ? `the invoice names order ${strange}, on which it is not issued`
      : `the invoice does not name order ${unnamed}`;
  throw invoiceOrderMismatch(detail, { field: '/orderNumber', invoice: named, order: ordered });
}
