import { Rational } from '../../../kernel/rational.js';
import { normaliseNumber } from '../../../members/domain/tags/normalise-number.js';
import type { Hex } from '../../../kernel/hex.js';
import type { InvoiceFacts, InvoiceLineFacts } from '../invoice-facts.js';
import type { Receivable } from '../receivable.js';
import type { ReceivableStatus } from '../states.js';
import { bearsAdvances, type Claim, type Undertaking } from './claim.js';
import type { BillingLine, LinesToMeet } from './line-meeting.js';

/**
 * The claim of a receivable: what its invoice bills, each line met with the order's line that it bills. Undefined when
 * what was not shown decides which line one meets.
 */
export function claimOf(
  receivable: Pick<Receivable, 'id' | 'orders' | 'issued'> & { readonly status: ReceivableStatus | null },
  invoice: InvoiceFacts,
  confirmed: Undertaking | undefined,
  orderLines: LinesToMeet,
  orders: ReadonlyMap<Hex, { readonly currency?: string }>,
): Claim | undefined {
  const { currency } = invoice;
  const inTheirs = receivable.orders.every((order) => (orders.get(order)?.currency ?? currency) === currency);
  const billing = invoice.lines.map(billingLine);
  if (billing.some((line) => orderLines.hingesOnHidden(line))) return undefined;
  return {
    receivable: receivable.id,
    orders: receivable.orders,
    issued: receivable.issued,
    bearsAdvances: inTheirs && bearsAdvances(receivable.status),
    payable: Rational.parse(invoice.amount),
    invoicePayable: Rational.parse(invoice.invoiceAmount),
    confirmed,
    lines: invoice.lines.map(({ id, quantity = '1', unit, amount }, place) => {
      const meeting = orderLines.meet(billing[place]!);
      const met = meeting && { order: meeting.line.order, line: meeting.line.id, by: meeting.by };
      return { id, quantity: Rational.parse(quantity), unit, amount: Rational.parse(amount), met };
    }),
  };
}

function billingLine({ id, item, orderLine, orderNumber }: InvoiceLineFacts): BillingLine {
  return { id, items: item, orderLine, orderNumber: orderNumber && normaliseNumber(orderNumber) };
}
