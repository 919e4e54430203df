import type { InvoiceLineModel, InvoiceModel } from '../../documents/model/index.js';
import type { ItemIds } from './cover/line-meeting.js';

/** A line of an invoice, without its price. */
export interface InvoiceLineFacts extends Omit<InvoiceLineModel, 'item' | 'price' | 'priceQuantity'> {
  readonly item: ItemIds;
}

/** What a receivable's invoice says, as far as its cover, its term and its lines go. */
export interface InvoiceFacts {
  readonly issueDate: string;
  /** Of this receivable: the invoice's or its instalment's. */
  readonly dueDate: string;
  readonly currency: string;
  /** Payable by this receivable. */
  readonly amount: string;
  /** Payable by the whole invoice. */
  readonly invoiceAmount: string;
  readonly lines: readonly InvoiceLineFacts[];
}

/** Facts of the receivable over one instalment of an invoice (0 when it is due at once). Throws RangeError for no such. */
export function invoiceFacts(invoice: InvoiceModel, instalment: number): InvoiceFacts {
  const part = invoice.instalments[instalment];
  if (!part) throw new RangeError(`the invoice has no instalment ${instalment}`);
  const { issueDate, currency, amount: invoiceAmount, lines } = invoice;
  return { issueDate, currency, invoiceAmount, lines, dueDate: part.dueDate, amount: part.amount };
}
