import { Rational } from '../../../kernel/rational.js';
import { normaliseNumber } from '../../../members/domain/tags.js';
import type { InvoiceFacts } from '../invoice-facts.js';
import type { Receivable } from '../receivable.js';
import type { Claim, Undertaking } from './claim.js';
import { meetOrderLine, type OrderLine } from './line-meeting.js';

/** The claim of a receivable: what its invoice bills, each line met with the order's line that it bills. */
export function claimOf(
  receivable: Pick<Receivable, 'id' | 'orders' | 'issued'>,
  invoice: InvoiceFacts,
  confirmed: Undertaking | undefined,
  orderLines: readonly OrderLine[],
): Claim {
  return {
    receivable: receivable.id,
    orders: receivable.orders,
    issued: receivable.issued,
    payable: Rational.parse(invoice.amount),
    invoicePayable: Rational.parse(invoice.invoiceAmount),
    confirmed,
    lines: invoice.lines.map((line) => {
      const { id, item, orderLine, quantity = '1', amount } = line;
      const orderNumber = line.orderNumber && normaliseNumber(line.orderNumber);
      const meeting = meetOrderLine({ id, items: item, orderLine, orderNumber }, orderLines);
      const met = meeting && { order: meeting.line.order, line: meeting.line.id, by: meeting.by };
      return { id, quantity: Rational.parse(quantity), amount: Rational.parse(amount), met };
    }),
  };
}
